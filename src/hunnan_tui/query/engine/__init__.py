"""Finds, sorts and counts the projects that a query lets through."""
