"""The bytes of each file format, and the one registry of them."""
