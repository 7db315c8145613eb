"""Text to a query and back; knows no data."""
