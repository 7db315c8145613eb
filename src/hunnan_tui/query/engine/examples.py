"""Example queries, made from the values of a dataset."""

from __future__ import annotations

from datetime import date

from hunnan_tui.core.language import _, is_chinese
from hunnan_tui.core.model import Dataset
from hunnan_tui.query.language.translation import to_language


def make_examples(dataset: Dataset) -> list[tuple[str, str]]:
    """Return ten queries, each with an explanation."""
    stages, industries = list(dataset.stages), list(dataset.industries)
    stage = stages[len(stages) // 2] if stages else "construction"
    first = ",".join(industries[:2]) or "materials,it"
    examples = [
        ("gas turbine", _("both words, anywhere: names, parties, places, tags, notes")),
        ("hangfa", _("Chinese names by their sound, or by initials: zghf")),
        (f"stage>={stage}", _("this stage and every later one")),
        (f"industry:{first}", _("any of two industries")),
        ("invest>10亿 OR invest:100m..500m", _("by amount, in 万, 亿, m or bn")),
        ("reported:2023 -has:invest", _("reported in 2023, and no amount is stated")),
        ("age>180d sort:age-", _("nothing new for 180 days, the oldest first")),
        ("#watch need:open", _("watched, and waiting for something")),
        ('note:"power supply" OR has:note', _("by what the notes say")),
        (
            f"({' OR '.join(f'stage:{s}' for s in stages[:2]) or 'x OR y'}) group:stage",
            _("brackets; under headings with sums"),
        ),
    ]
    return [(_localize(query, dataset), text) for query, text in examples]


def _localize(query: str, dataset: Dataset) -> str:
    """Return a query in the words of the language in use."""
    if not is_chinese():
        return query
    today = date.today()  # noqa: DTZ011 - the reader's day
    return to_language(query, dataset, today)
