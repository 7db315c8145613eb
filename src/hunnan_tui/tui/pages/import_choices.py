"""What a column of a table can become, in the words of the page of an import."""

from __future__ import annotations

from collections.abc import Mapping

from hunnan_tui.core.counts import format_line
from hunnan_tui.core.fields import BY_KEY
from hunnan_tui.core.language import N_, _, is_chinese

UNITS = dict.fromkeys(
    ("元", "万元", "亿元", "€", "Mio. €", "$", "$ million", "million"), ""
) | {"1": N_("whole units of the dataset's currency")}
DATE_ORDERS = {
    "ymd": N_("year, month, day: 2023/3/8"),
    "dmy": N_("day first: 8.3.2023"),
    "mdy": N_("month first: 3/8/2023"),
    "yyyymmdd": "20230308",
    "excel-1900": N_("the numbers of a spreadsheet: 44993"),
}
FIELD_CHOICES = {
    "-": N_("left out"),
    "name": N_("name of the project"),
    "id": N_("its code"),
    "name_zh": N_("Chinese name"),
    "industry": N_("industry"),
    "stage": N_("stage"),
    "investment": N_("investment"),
    "place": N_("place"),
    "district": N_("district"),
    "summary": N_("summary"),
    "url": N_("address of a page"),
    "parties:": N_("a party with this role"),
    "events:": N_("the day of an event"),
    "period": N_("a period, from and to"),
    "facts:": N_("a fact with this label"),
    "text": N_("a field of your own: text"),
    "number": N_("a field of your own: number"),
    "amount": N_("a field of your own: amount"),
    "date": N_("a field of your own: date"),
}
"""What a column can become; one that ends in a colon takes its heading behind it."""
OWN_TYPES = ("text", "number", "amount", "date")


def describe_target(target: Mapping[str, str]) -> str:
    """Return what becomes of a column: `investment in 万元`."""
    text = _("left out") if target["to"] == "-" else target["to"]
    if is_chinese():  # English has the words of the map
        key, colon, word = target["to"].partition(":")
        text = _(FIELD_CHOICES.get(target["to"], text))
        if colon and key in BY_KEY:
            text = format_line(BY_KEY[key].label, word)
    if unit := target.get("unit"):
        text += _(" in {unit}").format(unit=unit)
    if (dates := target.get("dates")) not in (None, "", "ymd"):
        text += f" ({dates})"
    return text
