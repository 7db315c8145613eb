"""How a number of things is worded."""


def format_count(number: int, noun: str, plural: str = "") -> str:
    """Return a number with its noun: `1 project`, `1,200 projects`.

    Args:
        number: The number.
        noun: What is counted, in the singular.
        plural: The plural, where it is not the singular with an s.
    """
    return f"1 {noun}" if number == 1 else f"{number:,} {plural or f'{noun}s'}"
