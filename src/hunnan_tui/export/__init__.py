"""Projects as files for others."""
