"""Folding, pinyin, globs and regular expressions; knows nothing of queries."""
