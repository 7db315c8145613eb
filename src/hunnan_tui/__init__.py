"""Browse the industrial projects of a place, and keep notes on them."""

__version__ = "0.2.0"
