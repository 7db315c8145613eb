"""Queries: their language, their evaluation over a dataset, and the cached index."""
