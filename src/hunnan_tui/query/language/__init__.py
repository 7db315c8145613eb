"""The query language: from text to a query and back; knows no data."""
