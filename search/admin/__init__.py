"""What editors see of the search: groups of words, and what people searched for."""
