"""In which language names are shown: of projects, industries and stages.

The other name stands where only that one is stated. Queries find both in every case.
"""

from __future__ import annotations

from enum import StrEnum

from hunnan_tui.core.language import is_chinese

TYPE_CHECKING = False  # as in `core.language`


class Names(StrEnum):
    """Which names are shown."""

    ZH = "zh"
    EN = "en"
    BOTH = "both"


if TYPE_CHECKING:
    from typing import Protocol

    class Named(Protocol):
        """What has a name in either language, or in both."""

        @property
        def name(self) -> str: ...

        @property
        def name_zh(self) -> str: ...


class _Current:
    names: Names | None = None


_current = _Current()


def set_names(names: Names | None) -> None:
    """Show other names from now on; None for those that go with the language."""
    _current.names = names


def get_names() -> Names:
    """Return which names of projects are shown: in English both, unless it is set."""
    return _current.names or (Names.ZH if is_chinese() else Names.BOTH)


def next_names() -> Names:
    """Return what comes after the names that are shown: Chinese, English, both."""
    order = list(Names)
    return order[(order.index(get_names()) + 1) % len(order)]


def is_sorted_by_pinyin() -> bool:
    """Return whether names are in the order of their pinyin, not of the alphabet."""
    return get_names() is Names.ZH or (get_names() is Names.BOTH and is_chinese())


def choose_name(name: str, name_zh: str) -> str:
    """Return what is shown of two names of one thing, of which either may be empty.

    Args:
        name: The name; of many things that have no other it is Chinese.
        name_zh: The Chinese name.
    """
    return _join(get_names(), name, name_zh)


def name_project(project: Named) -> str:
    """Return the name of a project, or both: `空港枢纽 Airport hub`."""
    return choose_name(project.name, project.name_zh)


def name_briefly(thing: Named) -> str:
    """Return one of the names of a thing, also where both are shown: of two, the first.

    It stands in titles and sentences, and in texts that are typed and found again.
    """
    first, other = thing.name, thing.name_zh
    return (other or first) if is_sorted_by_pinyin() else (first or other)


def split_names(project: Named) -> tuple[str, str]:
    """Return the names of a project that are shown; the second may be empty."""
    name, name_zh, names = project.name, project.name_zh, get_names()
    if not name or not name_zh or name == name_zh:
        return name or name_zh, ""
    if names is not Names.BOTH:
        return (name_zh if names is Names.ZH else name), ""
    return (name_zh, name) if is_chinese() else (name, name_zh)


def name_term(term: Named) -> str:
    """Return the name of an industry or a stage; in English one, unless it is set."""
    names = _current.names or (Names.ZH if is_chinese() else Names.EN)
    return _join(names, term.name, term.name_zh)


def _join(names: Names, name: str, name_zh: str) -> str:
    if not name or not name_zh or name == name_zh:
        return name or name_zh
    if names is Names.ZH:
        return name_zh
    if names is Names.EN:
        return name
    return f"{name_zh} {name}" if is_chinese() else f"{name} {name_zh}"
