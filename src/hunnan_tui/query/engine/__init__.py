"""Evaluates queries: finds, sorts and counts the matching projects."""
