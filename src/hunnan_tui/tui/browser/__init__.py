"""The main screen: one file for each group of keys."""
