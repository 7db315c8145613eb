"""What follows from the projects of a dataset: counts, comparisons, gaps."""
