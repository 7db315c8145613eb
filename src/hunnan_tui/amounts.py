"""Money: whole units of the dataset's currency, and how they are written."""

from __future__ import annotations

_STEPS = ((10**12, "tn"), (10**9, "bn"), (10**6, "m"))


def short(amount: int) -> str:
    """Return an amount as a table shows it: `85.5 bn`, `350 m`, `0`.

    Three significant digits at most, rounded half up; exact amounts stay exact in
    the file and in every export.
    """
    for size, unit in _STEPS:
        # 999 950 000 and more rounds to 1.00 of the next unit
        if abs(amount) >= size - size // 2000:
            return f"{_three_digits(amount, size)} {unit}"
    return f"{amount:,}"


def exact(amount: int) -> str:
    """Return an amount with all its digits in groups: `15,000,000,000`."""
    return f"{amount:,}"


def _three_digits(amount: int, size: int) -> str:
    sign, amount = ("-", -amount) if amount < 0 else ("", amount)
    places = 2 if amount < 10 * size else 1 if amount < 100 * size else 0
    scaled = (amount * 10**places * 2 + size) // (2 * size)
    whole, rest = divmod(scaled, 10**places)
    text = f"{whole:,}.{rest:0{places}}" if places else f"{whole:,}"
    return sign + (text.rstrip("0").rstrip(".") if places else text)
