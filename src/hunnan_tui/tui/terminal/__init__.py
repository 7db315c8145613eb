"""Between the app and the terminal: keys, signals, clipboard, external editor."""
