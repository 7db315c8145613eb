"""One file for each command, or each group such as `tag`; each is imported when it runs."""
