"""Working calendars and the clocks of tickets, as rows. The arithmetic is in `issues.sla`."""
