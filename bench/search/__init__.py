"""How fast search is, on both engines."""
