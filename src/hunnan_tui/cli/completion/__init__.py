"""Completion in shells: each asks the program, which knows its commands and the data."""
