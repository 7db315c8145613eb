"""Screens that cover the main one; each closes with a result, or None on `escape`."""
