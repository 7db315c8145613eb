"""What follows from the projects of a dataset, as values."""
