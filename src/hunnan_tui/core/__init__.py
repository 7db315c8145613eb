"""Frozen values and what can change them; no input or output."""
