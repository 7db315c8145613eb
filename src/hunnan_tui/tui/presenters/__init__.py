"""Values to text for the screen; no widget."""
