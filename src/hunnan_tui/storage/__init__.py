"""The dataset file and what protects it; the only writer."""
