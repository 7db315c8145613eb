"""Work in threads and workers while the screen handles keys."""
