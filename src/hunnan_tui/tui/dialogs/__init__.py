"""Modals: each returns a value and changes nothing itself."""
