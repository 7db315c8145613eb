"""What people call the values that the schema itself allows, in both languages."""

from collections.abc import Iterable, Mapping

from hunnan_tui.core.language import N_, _, pgettext
from hunnan_tui.core.text import fold

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
    "user": "本人掌握",
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

FORMER_NAMES: Mapping[str, str] = {"user": "自知"}
"""What older versions called some of them in Chinese; it can still be typed."""

KINDS_IN_CHINESE: Mapping[str, str] = {
    "energy": "能源",
    "labour": "用工",
    "transport": "交通",
}
"""What the kinds of needs are called in Chinese, by which they are found too."""

NEED_KINDS: Mapping[str, tuple[str, ...]] = {
    "energy": ("energy", "power", "能源", "用电", "电力", "用能", "供电", "燃气"),
    "labour": ("labour", "labor", "用工", "劳动力", "人力", "招工"),
    "transport": ("transport", "traffic", "运输", "交通", "物流", "道路"),
}
"""The safeguards that the district names, and the words for each."""


def find_need_kind(typed: str) -> str:
    """Return the kind of a need that a word stands for; any other word as it is."""
    text = fold(typed.strip())
    return next((kind for kind, words in NEED_KINDS.items() if text in words), typed)


def find_value(typed: str, values: Iterable[str]) -> str | None:
    """Return which of some values is typed, by itself or by a name of it."""
    text = typed.strip().casefold()
    return next(
        (
            value
            for value in values
            if text
            in (
                value,
                name_value(value).casefold(),
                IN_CHINESE.get(value),
                FORMER_NAMES.get(value),
            )
        ),
        None,
    )


def name_value(value: str) -> str:
    """Return the name of a value in the language in use; others as they are."""
    if value == "open":  # a key that opens something has the same word in English
        return pgettext("a need", "open")
    return _(_NAMES[value]) if value in _NAMES else value
