"""The datasets as shipped, most read with tomli alone: the files stand without us."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import tomli

from hunnan_tui.analysis.coverage import measure_coverage
from hunnan_tui.dataset.parser import parse

Table = dict[str, Any]

DATA = Path(__file__).parents[2] / "data"
COUNTS = {"projects.toml": 74, "shenyang.toml": 134}
FILES = sorted(COUNTS)

INDUSTRIES = [
    "advanced-materials",
    "intelligent-manufacturing",
    "information-technology",
    "life-and-health",
    "digital-cultural-creation",
    "other",
]
STAGES = ["planned", "promoted", "signed", "construction", "completed", "operating"]

KEYS = {
    "": "format dataset industries stages sources announcements projects",
    "dataset": "title title_zh currency updated",
    "industries": "id name name_zh definition definition_basis",
    "stages": "id name name_zh",
    "sources": "id title publisher date url kind note",
    "announcements": "id statement scope date projects investment investment_usd measure"
    " sources names breakdown caveat",
    "breakdown": "label projects investment measure",
    "projects": "id name name_zh district place industries industries_basis stage"
    " stage_date investment investment_qualifier investment_usd investment_text part_of parties"
    " summary sources caveat facts events",
    "parties": "name role",
    "facts": "label value",
    "events": "date what stage source",
}
"""The keys of each table, in the order of the shipped files."""

MEASURES = ["total", "plan of the year", "contract value", "opportunity"]

PARTIAL = re.compile(r"\d{4}(-(0[1-9]|1[0-2]))?")


def load(name: str) -> Table:
    return tomli.loads((DATA / name).read_bytes().decode("utf-8"))


@pytest.fixture(params=FILES)
def file(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def data(file: str) -> Table:
    return load(file)


def ids(data: Table, kind: str) -> set[str]:
    return {each["id"] for each in data[kind]}


def tables(value: Any, name: str = "") -> Iterator[tuple[str, Table]]:
    """Yield every table below a value with the key under which it stands."""
    if isinstance(value, dict):
        yield name, value
        for key, child in value.items():
            yield from tables(child, key)
    elif isinstance(value, list):
        for child in value:
            yield from tables(child, name)


def test_each_file_has_all_its_projects(file: str, data: Table) -> None:
    assert len(data["projects"]) == COUNTS[file]


def test_hunnan_has_a_file_of_its_own() -> None:
    assert {p["district"] for p in load("projects.toml")["projects"]} == {"Hunnan"}
    others = {p["district"] for p in load("shenyang.toml")["projects"]}
    assert "Hunnan" not in others
    assert len(others) > 10


def test_a_project_is_in_one_file_only() -> None:
    assert not ids(load("projects.toml"), "projects") & ids(
        load("shenyang.toml"), "projects"
    )


@pytest.mark.parametrize(
    "kind", ["industries", "stages", "sources", "announcements", "projects"]
)
def test_ids_are_unique_and_in_kebab_case(data: Table, kind: str) -> None:
    found = [each["id"] for each in data[kind]]
    assert [name for name, times in Counter(found).items() if times > 1] == []
    wrong = [n for n in found if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", n)]
    assert wrong == []


def test_tables_hold_the_keys_of_the_schema_in_its_order(data: Table) -> None:
    for name, table in tables(data):
        allowed = KEYS[name].split()
        assert list(table) == [key for key in allowed if key in table], table


def test_industries_and_stages_stand_in_their_order(data: Table) -> None:
    assert [industry["id"] for industry in data["industries"]] == INDUSTRIES
    assert [stage["id"] for stage in data["stages"]] == STAGES
    assert all(each["name_zh"] for each in data["industries"] + data["stages"])


def test_projects_refer_only_to_what_the_file_holds(data: Table) -> None:
    sources, stages = ids(data, "sources"), ids(data, "stages")
    for project in data["projects"]:
        assert project["sources"], project["id"]
        assert set(project["sources"]) <= sources, project["id"]
        assert project["industries"], project["id"]
        assert set(project["industries"]) <= ids(data, "industries"), project["id"]
        assert project["stage"] in stages, project["id"]
        for event in project.get("events", []):
            assert event.get("stage", project["stage"]) in stages, event
            # an event is told by a page that the project names
            assert event.get("source", project["sources"][0]) in project["sources"]


def test_both_files_hold_all_sources() -> None:
    assert len(ids(load(FILES[0]), "sources") | ids(load(FILES[1]), "sources")) == 209


def test_a_named_project_cites_a_page_of_its_announcement(data: Table) -> None:
    cited = {p["id"]: set(p["sources"]) for p in data["projects"]}
    for announcement in data["announcements"]:
        for name in announcement.get("names", []):
            assert cited[name] & set(announcement["sources"]), (
                announcement["id"],
                name,
            )


def test_the_program_finds_nothing_wrong(file: str) -> None:
    assert parse((DATA / file).read_bytes()).problems == ()


def test_announcements_refer_only_to_what_the_file_holds(data: Table) -> None:
    for announcement in data["announcements"]:
        assert announcement["sources"], announcement["id"]
        assert set(announcement["sources"]) <= ids(data, "sources")
        assert set(announcement.get("names", [])) <= ids(data, "projects")


def test_every_source_is_needed_in_its_file(data: Table) -> None:
    users = data["projects"] + data["announcements"]
    assert {name for user in users for name in user["sources"]} == ids(data, "sources")


def test_a_resumption_is_an_event_and_no_stage(file: str, data: Table) -> None:
    assert "resumed" not in ids(data, "stages")
    resumed = {
        "projects.toml": [
            "shenyang-digital-economy-industrial-park",
            "cold-core-thermoelectric",
        ],
        "shenyang.toml": ["lanhai-productivity-center"],
    }
    for project in data["projects"]:
        if project["id"] in resumed[file]:
            assert project["stage"] == "construction"
            event = project["events"][-1]
            assert event["stage"] == "construction"
            assert re.search("resume", event["what"])
            assert event["date"] == project["stage_date"]


def test_the_stage_of_a_project_is_the_latest_that_its_events_show(data: Table) -> None:
    for project in data["projects"]:
        stages = [e["stage"] for e in project.get("events", []) if "stage" in e]
        assert stages[-1:] in ([], [project["stage"]]), project["id"]
        assert stages == sorted(stages, key=STAGES.index), project["id"]
        for event in project.get("events", []):
            assert "stage" not in event or "source" in event, project["id"]


def test_the_date_of_a_stage_is_that_of_the_last_event_that_shows_it(
    data: Table,
) -> None:
    for project in data["projects"]:
        dated = [e.get("date") for e in project.get("events", []) if "stage" in e]
        if dated:
            assert dated[-1] == project.get("stage_date"), project["id"]


def test_amounts_are_positive_whole_numbers(data: Table) -> None:
    for _, table in tables(data):
        for key in ("investment", "investment_usd", "projects"):
            if key in table and not isinstance(table[key], list):
                assert type(table[key]) is int, table
                assert table[key] > 0, table


def test_amounts_are_written_in_groups_of_three(file: str) -> None:
    text = (DATA / file).read_text(encoding="utf-8")
    amounts = re.findall(r"\binvestment(?:_usd)? = (\S+?),?(?= |\n|$)", text)
    assert len(amounts) > 30
    assert [a for a in amounts if not re.fullmatch(r"\d{1,3}(_\d{3})+", a)] == []


def test_words_of_fixed_lists_are_known(data: Table) -> None:
    for project in data["projects"]:
        assert project["industries_basis"] in {"stated", "inferred"}
        assert project.get("investment_qualifier", "about") in {"about", "over"}
    kinds = {source["kind"] for source in data["sources"]}
    assert kinds <= {"official", "media", "copy", "reference"}
    roles = {
        p["role"] for project in data["projects"] for p in project.get("parties", [])
    }
    assert roles <= {
        *("contractor", "developer", "government", "investor", "operator", "partner")
    }


def test_a_page_that_says_it_is_a_copy_is_one(data: Table) -> None:
    for source in data["sources"]:
        about = f"{source['publisher']} {source.get('note', '')}".lower()
        if source["id"] == "baike-robotcenter":
            assert source["kind"] == "reference"  # an encyclopaedia's own second site
        elif re.search(r"\b(copy|copied)\b", about):
            assert source["kind"] == "copy", source["id"]


def test_a_definition_says_whose_it_is(data: Table) -> None:
    for industry in data["industries"]:
        own = industry.get("definition_basis") == "own"
        assert own == ("definition" in industry), industry["id"]


def test_an_announced_amount_says_what_it_means(data: Table) -> None:
    for announcement in data["announcements"]:
        if "investment" in announcement:
            assert announcement["measure"] in MEASURES, announcement["id"]
        for part in announcement.get("breakdown", []):
            assert part.get("measure", "total") in MEASURES
            if "of the year" in part["label"]:
                measure = part.get("measure") or announcement["measure"]
                assert measure == "plan of the year", announcement["id"]


def test_what_is_itemised_is_never_more_than_was_announced(file: str) -> None:
    for each in measure_coverage(parse((DATA / file).read_bytes()).dataset):
        assert not each.wholes
        assumptions = " ".join(each.assumptions)
        assert "more than" not in assumptions, each.announcement.id
        assert "More projects" not in assumptions, each.announcement.id


def test_dates_are_days_or_texts_of_a_month_or_year(data: Table) -> None:
    for _, table in tables(data):
        for key in ("date", "stage_date", "updated"):
            if key in table and type(table[key]) is not date:
                assert PARTIAL.fullmatch(table[key]), table


def test_events_stand_in_the_order_of_time(data: Table) -> None:
    for project in data["projects"]:
        dates = [str(e["date"]) for e in project.get("events", []) if "date" in e]
        assert dates == sorted(dates), project["id"]


def test_addresses_are_web_addresses(data: Table) -> None:
    for source in data["sources"]:
        parts = urlsplit(source["url"])
        assert parts.scheme in {"http", "https"}, source["id"]
        assert parts.hostname, source["id"]


def test_the_files_are_plain_utf8_text_without_control_characters(file: str) -> None:
    text = (DATA / file).read_bytes().decode("utf-8")
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert {c for c in text if unicodedata.category(c) in {"Cc", "Cf"}} == {"\n"}
    assert [line for line in text.split("\n") if line != line.rstrip()] == []


def test_texts_are_single_lines_without_blanks_at_the_ends(data: Table) -> None:
    for _, table in tables(data):
        for value in table.values():
            if isinstance(value, str):
                assert value
                assert value == value.strip()
                assert "\n" not in value


def test_no_reader_has_written_in_the_shipped_files(data: Table) -> None:
    own = {"tags", "notes", "needs", "follow_up"}
    assert [p["id"] for p in data["projects"] if own & set(p)] == []


def test_the_dataset_says_what_it_is() -> None:
    assert load("projects.toml")["dataset"] == {
        "title": "Projects of Hunnan district, Shenyang",
        "title_zh": "沈阳市浑南区项目库",
        "currency": "CNY",
        "updated": date(2026, 11, 28),
    }


def test_the_first_signings_of_2023_are_announced_with_their_largest_project() -> None:
    data = load("projects.toml")
    announced = {
        announcement["id"]: announcement for announcement in data["announcements"]
    }
    signings = announced["hunnan-2023-first-batch-signings"]
    assert signings["projects"] == 49
    assert signings["investment"] == 85_500_000_000
    assert signings["investment_usd"] == 12_320_000_000
    (name,) = signings["names"]
    project = next(p for p in data["projects"] if p["id"] == name)
    assert name == "startup-zone-comprehensive-development"
    assert project["investment"] == 15_000_000_000


def test_announcements_of_both_files_differ_only_in_what_they_name() -> None:
    first, second = (
        {a["id"]: a for a in load(name)["announcements"]} for name in FILES
    )
    assert len(first | second) == 65
    for name in first.keys() & second.keys():
        for key in first[name].keys() - {"names", "caveat"}:
            assert first[name][key] == second[name][key], (name, key)


def test_amounts_that_contain_one_another_say_so() -> None:
    caveats = {p["id"]: p.get("caveat", "") for p in load("projects.toml")["projects"]}
    assert "do not add" in caveats["taoxian-airport-hub"]
    assert "do not add" in caveats["taoxian-second-runway"]


def test_parts_name_the_project_that_contains_them(data: Table) -> None:
    wholes = {p["id"]: p["part_of"] for p in data["projects"] if "part_of" in p}
    assert set(wholes.values()) <= ids(data, "projects")
    expected = {
        "taoxian-second-runway": "taoxian-airport-hub",
        "digital-economy-iot-park": "shenyang-digital-economy-industrial-park",
        "neusoft-radiotherapy-base": "neusoft-health-medical-park",
        "chalco-shenyang-titanium-nickel": "sujiatun-metal-materials-park",
    }
    here = ids(data, "projects")
    assert wholes == {part: whole for part, whole in expected.items() if part in here}
