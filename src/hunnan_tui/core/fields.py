"""The keys of a project."""

from __future__ import annotations

COLUMNS = (
    "id",
    "name",
    "name_zh",
    "district",
    "place",
    "industries",
    "industries_basis",
    "stage",
    "stage_date",
    "investment",
    "investment_qualifier",
    "investment_usd",
    "investment_text",
    "parties",
    "summary",
    "sources",
    "caveat",
    "facts",
    "events",
    "tags",
    "follow_up",
    "needs",
    "notes",
)
"""The keys of a project in the order of the schema; the columns of the CSV form."""
