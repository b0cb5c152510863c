"""What is shown, in words: events, clocks, time limits, the roster, whose move it is."""
