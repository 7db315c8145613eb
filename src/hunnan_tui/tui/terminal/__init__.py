"""What lies between the app and the terminal: keys, signals, clipboard, editor."""
