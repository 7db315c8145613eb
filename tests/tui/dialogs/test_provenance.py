"""What the dialog says about a fact, beside its text and its sources."""

from __future__ import annotations

from hunnan_tui.analysis.provenance import collect_evidence
from hunnan_tui.core.model import Dataset, Industry, Project
from hunnan_tui.tui.dialogs.provenance import describe_fact


def test_an_industry_is_shown_with_its_definition_and_whose_it_is() -> None:
    industries = {
        "a": Industry("a", "Metals", "", "New [b]metals[/b].", "own"),
        "b": Industry("b", "Software", "", "As the city defines it.", "stated"),
        "c": Industry("c", "Other"),
    }
    project = Project("p", "p", "P", industries=("a", "b", "c", "gone"))
    dataset = Dataset(industries=industries, projects={"p": project})
    facts = collect_evidence(project, dataset)
    sources = {
        fact.name: [line.plain for line in describe_fact(project, dataset, fact)]
        for fact in facts
    }
    assert [line for line in sources["industry"] if line.startswith("Means")] == [
        "Means    Metals: New [b]metals[/b]. (our definition)",
        "Means    Software: As the city defines it.",
    ]
    assert not any(line.startswith("Means") for line in sources["stage"])
