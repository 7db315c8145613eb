"""How text is folded and matched; knows no query."""
