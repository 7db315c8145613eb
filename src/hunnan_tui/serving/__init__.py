"""The app in browsers: who may look, and a process of its own for each session."""
