"""What editors and publishers see of the facts: projects in the administration."""
