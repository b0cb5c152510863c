"""Where routing (`issues.routing`, pure) meets rows: rules, the learnt vote, who is on duty."""
