"""Panes and other widgets: they report by messages, and know neither store nor siblings."""
