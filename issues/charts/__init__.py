"""Day bars and charts: positions of their parts. Templates draw them."""
