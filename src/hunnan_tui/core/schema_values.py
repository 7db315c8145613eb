"""What people call the values that the schema itself allows, in both languages."""

from collections.abc import Iterable, Mapping

from hunnan_tui.core.language import N_, _, pgettext

_NAMES = {
    "stated": N_("stated"),
    "inferred": N_("inferred"),
    "user": N_("own knowledge"),
    "official": N_("official"),
    "media": N_("media"),
    "copy": N_("copy"),
    "reference": N_("reference"),
    "met": N_("met"),
    "about": N_("about"),
    "over": N_("over"),
    # kinds of needs may be other words, too
    "energy": N_("energy"),
    "labour": N_("labour"),
    "transport": N_("transport"),
}

IN_CHINESE: Mapping[str, str] = {
    "stated": "有据",
    "inferred": "推断",
    "user": "自知",
    "official": "官方",
    "media": "媒体",
    "copy": "转载",
    "reference": "参考",
    "open": "待解决",
    "met": "已解决",
    "about": "约",
    "over": "逾",
}
"""Their names in Chinese, which queries know in every language."""


def find_value(typed: str, values: Iterable[str]) -> str | None:
    """Return which of some values is typed, by itself or by a name of it."""
    text = typed.strip().casefold()
    return next(
        (
            value
            for value in values
            if text in (value, name_value(value).casefold(), IN_CHINESE.get(value))
        ),
        None,
    )


def name_value(value: str) -> str:
    """Return the name of a value in the language in use; others as they are."""
    if value == "open":  # a key that opens something has the same word in English
        return pgettext("a need", "open")
    return _(_NAMES[value]) if value in _NAMES else value
