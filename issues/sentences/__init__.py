"""What is shown, in words: events, clocks, time limits, the roster, the next step."""
