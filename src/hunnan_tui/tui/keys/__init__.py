"""All keys by place, what each means, and the keys that the user has set instead."""
