"""What belongs to the user beside the data: paths, settings, where a session ended."""
