"""The index of a large file, built in another process and kept for the next start."""
