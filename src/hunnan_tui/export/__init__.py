"""Turns projects into files for others: `documents` builds values, `formats` writes them."""
