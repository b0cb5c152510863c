"""Why a search finds what it finds, for editors and on the command line: the same whichever engine answers."""
