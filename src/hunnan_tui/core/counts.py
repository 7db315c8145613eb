"""How a number of things, and a share of them, is worded."""

from hunnan_tui.core.money import add_unit, format_short


def format_count(number: int, noun: str, plural: str = "") -> str:
    """Return a number with its noun: `1 project`, `1,200 projects`.

    Args:
        number: The number.
        noun: What is counted, in the singular.
        plural: The plural, where it is not the singular with an s.
    """
    return f"1 {noun}" if number == 1 else f"{number:,} {plural or f'{noun}s'}"


def format_percent(share: float) -> str:
    """Return a share as people read it: `17.5 %`, `2 %`; `<0.1 %` for very little."""
    if 0 < share < 0.001:
        return "<0.1 %"
    return f"{share * 100:.1f}".removesuffix(".0") + " %"


def format_sum(projects: int | None, amount: int | None, unit: str) -> str:
    """Return a number of projects and their amount, without what is None."""
    parts = []
    if projects is not None:
        parts.append(format_count(projects, "project"))
    if amount is not None:
        parts.append(add_unit(format_short(amount), unit))
    return ", ".join(parts)
