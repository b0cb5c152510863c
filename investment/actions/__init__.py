"""Everything that changes a project, one function each."""
