"""Screens that cover the main one and are left with `escape`."""
