"""The language of what people read: every message passes through here.

A message is looked up by its English text, and is that text where there is no catalogue
or none of its own in it. `config.language` chooses the language and reads catalogues.
"""

from __future__ import annotations

from collections.abc import Callable

TYPE_CHECKING = False  # as in typing, whose import costs as much as all of --version

ENGLISH = "en"
"""The language of the texts in the program; it has no catalogue."""


if TYPE_CHECKING:
    from typing import Protocol

    class Catalogue(Protocol):
        """Messages in one language; that of gettext is one."""

        def gettext(self, message: str, /) -> str: ...

        def ngettext(self, one: str, many: str, count: int, /) -> str: ...

        def pgettext(self, context: str, message: str, /) -> str: ...


class _Current:
    """The language in use. Its catalogue is read when the first message is shown."""

    language = ENGLISH
    load: Callable[[], Catalogue | None] | None = None
    catalogue: Catalogue | None = None

    def find_catalogue(self) -> Catalogue | None:
        if self.load is not None:
            self.catalogue = self.load()
            self.load = None  # only now: another thread may look for it meanwhile
            if self.catalogue is None:
                self.language = ENGLISH
        return self.catalogue


_current = _Current()


def set_language(
    language: str, load: Callable[[], Catalogue | None] | None = None
) -> None:
    """Show messages in another language from now on.

    Args:
        language: Its name, as that of the folder of its catalogue: `zh_CN`.
        load: Returns its catalogue, or None if that cannot be used; called once, when
            the first message is shown. None for English.
    """
    _current.language, _current.catalogue, _current.load = language, None, load


def get_language() -> str:
    """Return the language in use: `en`, or the folder of its catalogue, as `zh_CN`."""
    if _current.load is not None:
        _current.find_catalogue()  # without it the language is English
    return _current.language


def is_chinese() -> bool:
    """Return whether people read Chinese: its amounts, days and punctuation."""
    return get_language().startswith("zh")


def _(message: str) -> str:
    """Return a message in the language in use."""
    catalogue = _current.find_catalogue()
    # the text that belongs to an empty one is the head of the catalogue
    return catalogue.gettext(message) if catalogue and message else message


def ngettext(one: str, many: str, count: int) -> str:
    """Return the form of a message for a number of things, with `{count}` still in it.

    Args:
        one: The message for one thing.
        many: The message for any other number.
        count: How many there are.
    """
    catalogue = _current.find_catalogue()
    if catalogue is None:
        return one if count == 1 else many
    return catalogue.ngettext(one, many, count)


def pgettext(context: str, message: str) -> str:
    """Return a message in the language in use that means different things elsewhere.

    Args:
        context: What tells this meaning from the others.
        message: The message.
    """
    catalogue = _current.find_catalogue()
    return catalogue.pgettext(context, message) if catalogue else message


def N_(message: str) -> str:  # noqa: N802 - the name that all tools of gettext know
    """Mark a constant as a message; it is looked up where it is shown."""
    return message


def ngettext_noop(one: str, many: str) -> tuple[str, str]:
    """Mark both forms of a constant message, which `ngettext` looks up."""
    return one, many
