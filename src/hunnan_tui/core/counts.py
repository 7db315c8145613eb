"""How a number of things, and a share of them, is worded."""

from collections.abc import Iterable

from hunnan_tui.core.language import is_chinese, ngettext, ngettext_noop
from hunnan_tui.core.money import add_unit, format_short

_COUNTED = (
    ngettext_noop("{count} project", "{count} projects"),
    ngettext_noop("{count} problem", "{count} problems"),
    ngettext_noop("{count} note", "{count} notes"),
    ngettext_noop("{count} older note", "{count} older notes"),
    ngettext_noop("{count} tag", "{count} tags"),
    ngettext_noop("{count} need", "{count} needs"),
    ngettext_noop("{count} entry", "{count} entries"),
    ngettext_noop("{count} event", "{count} events"),
    ngettext_noop("{count} conflict", "{count} conflicts"),
    ngettext_noop("{count} session", "{count} sessions"),
    ngettext_noop("{count} commit", "{count} commits"),
    ngettext_noop("{count} change", "{count} changes"),
    ngettext_noop("{count} source", "{count} sources"),
    ngettext_noop("{count} published total", "{count} published totals"),
    ngettext_noop("{count} official page", "{count} official pages"),
    ngettext_noop("{count} media report", "{count} media reports"),
    ngettext_noop("{count} copy", "{count} copies"),
    ngettext_noop("{count} reference page", "{count} reference pages"),
    ngettext_noop("{count} original", "{count} originals"),
    ngettext_noop("{count} day", "{count} days"),
    ngettext_noop("{count} row", "{count} rows"),
    ngettext_noop("{count} question", "{count} questions"),
    ngettext_noop("{count} total", "{count} totals"),
    ngettext_noop("{count} earlier step", "{count} earlier steps"),
    ngettext_noop("{count} source", "{count} sources"),
    ngettext_noop("{count} published total", "{count} published totals"),
    ngettext_noop("{count} more character", "{count} more characters"),
)
"""What `format_count` counts, for the catalogues."""


def format_count(number: int, noun: str, plural: str = "") -> str:
    """Return a number with its noun: `1 project`, `1,200 projects`, `3 个项目`.

    Args:
        number: The number.
        noun: What is counted, in the singular, as `_COUNTED` has it.
        plural: The plural, where it is not the singular with an s.
    """
    one, many = f"{{count}} {noun}", f"{{count}} {plural or f'{noun}s'}"
    return ngettext(one, many, number).format(count=f"{number:,}")


def format_percent(share: float) -> str:
    """Return a share as people read it: `17.5 %`, `2 %`; `<0.1 %` for very little."""
    gap = "" if is_chinese() else " "
    if 0 < share < 0.001:
        return f"<0.1{gap}%"
    return f"{share * 100:.1f}".removesuffix(".0") + f"{gap}%"


def format_sum(projects: int | None, amount: int | None, unit: str) -> str:
    """Return a number of projects and their amount, without what is None."""
    parts = []
    if projects is not None:
        parts.append(format_count(projects, "project"))
    if amount is not None:
        parts.append(add_unit(format_short(amount), unit))
    return join_words(parts)


def join_words(words: Iterable[str]) -> str:
    """Return words or figures as a list in prose: `a, b`, in Chinese `a，b`."""
    return ("，" if is_chinese() else ", ").join(words)


def join_names(names: Iterable[str]) -> str:
    """Return names as a list in prose: `a, b`, in Chinese `a、b`."""
    return ("、" if is_chinese() else ", ").join(names)


def bracket(text: str) -> str:
    """Return a remark to put behind a text: ` (inferred)`, in Chinese `（推断）`."""
    return f"（{text}）" if is_chinese() else f" ({text})"


def format_line(label: str, value: str) -> str:
    """Return a value behind its label: `Stage: Signed`, in Chinese `阶段：签约`."""
    return f"{label}：{value}" if is_chinese() else f"{label}: {value}"
