"""The main screen: its state, the one way to change it, and a file per command group."""
