"""A large file, read by another process: what a search needs of each of its projects.

A survey is a list of JSON lines. The reading process writes them, the app takes them in
while it answers keys, and the cache keeps them for the next start.
"""
