"""The versions of a dataset that git keeps: read, compared, and added to when asked."""
