"""TOML text to a `Dataset`: whole, in parts, or its first screen."""
