"""One file, written whole or not at all; knows no TOML."""
