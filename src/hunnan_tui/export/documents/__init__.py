"""Documents as values: a briefing, a table, one project with its sources."""
