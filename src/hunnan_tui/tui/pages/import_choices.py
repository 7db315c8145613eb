"""What a column of a table can become, in the words of the page of an import."""

from __future__ import annotations

from collections.abc import Mapping

UNITS = dict.fromkeys(
    ("元", "万元", "亿元", "€", "Mio. €", "$", "$ million", "million"), ""
) | {"1": "whole units of the dataset's currency"}
DATE_ORDERS = {
    "ymd": "year, month, day: 2023/3/8",
    "dmy": "day first: 8.3.2023",
    "mdy": "month first: 3/8/2023",
    "yyyymmdd": "20230308",
    "excel-1900": "the numbers of a spreadsheet: 44993",
}
FIELD_CHOICES = {
    "-": "left out",
    "name": "name of the project",
    "id": "its code",
    "name_zh": "Chinese name",
    "industry": "industry",
    "stage": "stage",
    "investment": "investment",
    "place": "place",
    "district": "district",
    "summary": "summary",
    "url": "address of a page",
    "parties:": "a party with this role",
    "events:": "the day of an event",
    "period": "a period, from and to",
    "facts:": "a fact with this label",
    "text": "a field of your own: text",
    "number": "a field of your own: number",
    "amount": "a field of your own: amount",
    "date": "a field of your own: date",
}
"""What a column can become; one that ends in a colon takes its heading behind it."""
OWN_TYPES = ("text", "number", "amount", "date")


def describe_target(target: Mapping[str, str]) -> str:
    """Return what becomes of a column: `investment in 万元`."""
    text = "left out" if target["to"] == "-" else target["to"]
    if unit := target.get("unit"):
        text += f" in {unit}"
    if (dates := target.get("dates")) not in (None, "", "ymd"):
        text += f" ({dates})"
    return text
