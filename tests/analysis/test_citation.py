from __future__ import annotations

import pytest
from hypothesis import given

from hunnan_tui.analysis.citation import (
    find_link,
    format_citation,
    format_gb_source,
    format_names,
    format_source,
)
from hunnan_tui.analysis.field_text import INFERRED
from hunnan_tui.analysis.project_text import format_project, number_sources
from hunnan_tui.analysis.provenance import (
    OWN,
    STATED,
    Evidence,
    collect_evidence,
    describe_source,
    group_by_source,
)
from hunnan_tui.core.model import (
    USER,
    Annotations,
    Dataset,
    Event,
    Fact,
    Need,
    Party,
    Project,
    Source,
    Stage,
)
from hunnan_tui.core.text import UNSAFE
from hunnan_tui.export.documents.project_page import make_project_page
from hunnan_tui.export.formats.markdown import render_markdown
from tests.strategies import datasets

CD = Source(
    "cd", "Five industries", "China Daily", "2023-03-08", "https://example.org/cd"
)
CRI = Source("cri", "航发", "国际在线", url="javascript:alert(1)", kind="copy")
DATASET = Dataset(
    title="Projects of Hunnan",
    currency="CNY",
    updated="2026-11-23",
    stages={"signed": Stage("signed", "Signed"), "built": Stage("built", "Built")},
    sources={"cd": CD, "cri": CRI},
)
PROJECT = Project(
    key="base",
    id="base",
    name="Gas Turbine Base",
    name_zh="燃气轮机基地",
    stage="signed",
    stage_date="2023-03",
    investment=3_000_000_000,
    investment_qualifier="about",
    investment_text="about 3 billion yuan",
    industries=("it",),
    industries_basis="inferred",
    parties=(Party("AECC", "developer"),),
    sources=("cd", "cri"),
    facts=(Fact("Area", "2 km²", "cri"), Fact("Jobs", "300", basis="inferred")),
    events=(
        Event("Ground broken", "2023-01", "built", "gone"),
        Event("Signed at a fair", "2023-03", "signed", "cd"),
    ),
    annotations=Annotations(needs=(Need("energy", "110 kV"),)),
)


def fact(name: str, project: Project = PROJECT) -> Evidence:
    return next(
        each for each in collect_evidence(project, DATASET) if each.name == name
    )


class TestEvidence:
    def test_a_stage_rests_on_the_event_that_shows_it(self) -> None:
        stage = fact("stage")
        assert (stage.text, stage.date) == ("Signed", "2023-03")
        assert (stage.sources, stage.is_shared) == (("cd",), False)
        assert stage.shown_by == "Signed at a fair"

    def test_a_stage_without_such_an_event_rests_on_all_sources(self) -> None:
        stage = fact("stage", PROJECT._replace(events=()))
        assert (stage.sources, stage.is_shared) == (("cd", "cri"), True)

    def test_an_amount_has_the_words_of_its_source(self) -> None:
        amount = fact("investment")
        assert amount.text == "about 3 bn yuan"
        assert amount.quote == "about 3 billion yuan"
        assert amount.is_shared

    def test_what_is_inferred_rests_on_no_source(self) -> None:
        industry = fact("industry")
        assert (industry.basis, industry.sources) == (INFERRED, ())

    def test_a_fact_has_its_own_source_or_those_of_the_project(self) -> None:
        assert fact("fact 0").sources == ("cri",)
        assert fact("fact 0").basis == STATED
        assert fact("fact 1").basis == INFERRED
        assert fact("fact 1").is_shared

    def test_what_one_has_added_is_ones_own(self) -> None:
        need = fact("need 0")
        assert (need.text, need.basis) == ("energy: 110 kV (open)", OWN)
        assert need.sources == ()

    def test_own_knowledge_rests_on_no_source(self) -> None:
        event = Event("Told by phone", "2026-01", "signed", basis="user")
        project = PROJECT._replace(
            user_facts=("investment", "parties"),
            industries_basis="user",
            events=(event,),
        )
        names = ("investment", "party 0", "industry", "event 0", "stage")
        for each in (fact(name, project) for name in names):
            assert (each.basis, each.sources) == (USER, ())
        assert fact("place", project._replace(place="North")).basis == STATED
        lines = format_project(project, DATASET).splitlines()
        known = [line for line in lines if line.endswith(" (own knowledge)")]
        assert [line.split(":")[0] for line in known[:-1]] == [
            "Stage",
            "Investment",
            "Industry",
            "Parties",
        ]
        assert "Told by phone" in known[-1]

    def test_what_is_not_stated_has_no_source(self) -> None:
        place = fact("place")
        assert (place.text, place.sources) == ("", ())

    def test_events_stand_in_the_order_of_their_dates(self) -> None:
        events = [
            e.text for e in collect_evidence(PROJECT, DATASET) if e.name[:5] == "event"
        ]
        assert events == ["Ground broken", "Signed at a fair"]

    def test_sources_of_single_facts_are_numbered_behind_the_others(self) -> None:
        assert number_sources(PROJECT) == {"cd": 1, "cri": 2, "gone": 3}

    def test_each_source_knows_what_rests_on_it(self) -> None:
        alone = group_by_source(
            e for e in collect_evidence(PROJECT, DATASET) if not e.is_shared
        )
        assert [each.label for each in alone["cd"]] == ["Stage", "2023-03"]
        assert describe_source("cri", PROJECT, DATASET).text == "States: Area"
        assert describe_source("cri", PROJECT, DATASET).label == "Source 2"

    @given(datasets())
    def test_facts_have_names_of_their_own_and_numbered_sources(
        self, dataset: Dataset
    ) -> None:
        for project in dataset.projects.values():
            facts = collect_evidence(project, dataset)
            assert len({each.name for each in facts}) == len(facts)
            for each in facts:
                assert number_sources(project).keys() >= set(each.sources)


class TestCitation:
    def test_a_project_is_cited_with_its_main_facts_and_their_sources(self) -> None:
        assert format_citation(PROJECT, DATASET) == (
            "Gas Turbine Base (燃气轮机基地): Stage Signed, 2023-03; "
            "Investment about 3 bn yuan (“about 3 billion yuan”)\n"
            "Source: China Daily, “Five industries”, 2023-03-08, "
            "https://example.org/cd\n"
            "Source: 国际在线, “航发”, undated, a copy on another site, "
            "javascript:alert(1)\n"
            "From: Projects of Hunnan, state of 2026-11-23"
        )

    def test_a_fact_is_cited_with_its_source_alone(self) -> None:
        text = format_citation(PROJECT, DATASET, [fact("fact 0")])
        assert text.startswith("Gas Turbine Base (燃气轮机基地): Area 2 km²\n")
        assert "China Daily" not in text
        assert "国际在线" in text

    def test_what_is_inferred_or_ones_own_is_cited_as_such(self) -> None:
        assert "Jobs 300 (inferred)" in format_citation(
            PROJECT, DATASET, [fact("fact 1")]
        )
        assert "(own note)" in format_citation(PROJECT, DATASET, [fact("need 0")])

    def test_a_stored_copy_is_named(self) -> None:
        source = CD._replace(archive="https://archive.example/1")
        assert format_source(source).endswith("archived at https://archive.example/1")

    def test_a_project_without_sources_says_so(self) -> None:
        assert "Source: none is named" in format_citation(
            Project("p", "p", "P"), DATASET
        )

    def test_a_source_that_the_file_does_not_have_is_named_as_such(self) -> None:
        project = Project("p", "p", "P", sources=("gone",))
        assert "Source: gone (not in the file)" in format_citation(project, DATASET)

    def test_the_link_is_the_first_address_that_can_be_opened(self) -> None:
        assert find_link(PROJECT, DATASET) == "https://example.org/cd"
        assert find_link(PROJECT._replace(sources=("cri", "gone")), DATASET) == ""

    def test_one_name_stands_once(self) -> None:
        assert format_names(Project("p", "p", "重", name_zh="重")) == "重"

    @pytest.mark.parametrize("hostile", ["\x1b[31m", "a\nb\tc", "\u202e", "[/x]"])
    def test_what_is_copied_is_clean_and_breaks_no_lines(self, hostile: str) -> None:
        source = Source("s", hostile, hostile, url=hostile)
        dataset = Dataset(title=hostile, sources={"s": source})
        project = Project(
            "p", "p", hostile, hostile, investment_text=hostile, sources=("s",)
        )
        text = format_citation(project, dataset)
        assert len(text.split("\n")) == 3
        assert not UNSAFE.search(text)

    @given(datasets())
    def test_every_project_can_be_cited_and_written(self, dataset: Dataset) -> None:
        for project in dataset.projects.values():
            assert not UNSAFE.search(format_citation(project, dataset))
            assert "".join(
                render_markdown(make_project_page(project, dataset))
            ).startswith("# ")


def test_a_source_as_gb_t_7714_has_it() -> None:
    full = Source(
        "s1",
        "集中签约",
        "沈阳日报",
        "2023-08-21",
        "https://example.org/1",
        "media",
    )
    assert format_gb_source(full, "2026-11-20") == (
        "沈阳日报. 集中签约[EB/OL]. (2023-08-21)[2026-11-20]. https://example.org/1"
    )
    assert format_gb_source(full) == (
        "沈阳日报. 集中签约[EB/OL]. (2023-08-21). https://example.org/1"
    )
    assert format_gb_source(Source("s2", "简报")) == "简报[Z]"
    assert format_gb_source(Source("s3", "简报", date="2023")) == "简报[Z]. (2023)"
    undated = full._replace(date="", publisher="")
    assert format_gb_source(undated, "2026-11-20") == (
        "集中签约[EB/OL]. [2026-11-20]. https://example.org/1"
    )
    hostile = full._replace(title="a\n\x1b[31mb", url="https://example.org/\x00")
    assert not {"\n", "\x1b", "\x00"} & {*format_gb_source(hostile)}
