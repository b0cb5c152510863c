"""Day bars and charts: where things lie. Templates draw them."""
