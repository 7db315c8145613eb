"""What is shown: a filter typed as text, and the projects it lets through."""
