"""How a number of things is worded."""


def format_count(number: int, noun: str) -> str:
    """Return a number with its noun: `1 project`, `1,200 projects`."""
    return f"1 {noun}" if number == 1 else f"{number:,} {noun}s"
