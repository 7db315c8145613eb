"""The tour for a new reader, on a scratch copy; nothing of the reader's is read or written."""
