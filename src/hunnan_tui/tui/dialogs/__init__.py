"""Modal dialogs: each returns a value (None: cancelled) and changes nothing itself."""
