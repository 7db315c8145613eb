"""TOML text as statements with byte spans, and edits to it; knows no project."""
