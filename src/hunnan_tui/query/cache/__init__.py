"""The cached index of a large file, built in another process for the next start."""
