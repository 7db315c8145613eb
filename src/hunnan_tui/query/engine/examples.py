"""Example queries, made from the values of a dataset."""

from __future__ import annotations

from hunnan_tui.core.model import Dataset


def make_examples(dataset: Dataset) -> list[tuple[str, str]]:
    """Return ten queries, each with an explanation."""
    stages, industries = list(dataset.stages), list(dataset.industries)
    stage = stages[len(stages) // 2] if stages else "construction"
    first = ",".join(industries[:2]) or "materials,it"
    return [
        ("gas turbine", "both words, anywhere: names, parties, places, tags, notes"),
        ("hangfa", "Chinese names by their sound, or by initials: zghf"),
        (f"stage>={stage}", "this stage and every later one"),
        (f"industry:{first}", "any of two industries"),
        ("invest>10亿 OR invest:100m..500m", "by amount, in 万, 亿, m or bn"),
        ("reported:2023 -has:invest", "reported in 2023, and no amount is stated"),
        ("age>180d sort:age-", "nothing new for 180 days, the oldest first"),
        ("#watch need:open", "watched, and waiting for something"),
        ('note:"power supply" OR has:note', "by what the notes say"),
        (
            f"({' OR '.join(f'stage:{s}' for s in stages[:2]) or 'x OR y'}) group:stage",
            "brackets; under headings with sums",
        ),
    ]
