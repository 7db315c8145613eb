"""Tables of others become a dataset, and stay in step with it."""
