"""Work beside the screen, so that keys are answered meanwhile."""
