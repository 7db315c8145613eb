"""What an audit of the shipped data against its sources found wrong, and stays right."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.dataset.test_shipped_data import FILES, load

Table = dict[str, Any]

HUNNAN, CITY = map(load, FILES)
PROJECTS: dict[str, Table] = {
    project["id"]: project for data in (HUNNAN, CITY) for project in data["projects"]
}
ANNOUNCEMENTS: dict[str, Table] = {
    announcement["id"]: announcement
    for data in (HUNNAN, CITY)
    for announcement in data["announcements"]
}


def events(key: str) -> list[tuple[Any, Any, Any]]:
    """Return date, stage and source of the events that show a stage."""
    return [
        (e.get("date"), e["stage"], e["source"])
        for e in PROJECTS[key]["events"]
        if "stage" in e
    ]


STATED = [
    ("ucas-robotics-school", "name_zh", "中国科学院大学机器人与智能制造学院"),
    ("airbus-a220-line", "stage", "planned"),
    ("q400-assembly-shenyang", "stage", "planned"),
    ("china-europe-trade-platform", "stage", "planned"),
    ("remanufacturing-exhibition-center", "stage", "planned"),
    ("heraeus-quartz-plant", "stage", "operating"),
    ("heraeus-quartz-plant", "stage_date", date(2025, 3, 25)),
    ("heraeus-quartz-plant", "district", "Tiexi"),
    ("heraeus-quartz-plant", "investment", 600_000_000),
    ("heraeus-quartz-plant", "investment_qualifier", "about"),
    ("heraeus-quartz-plant", "investment_usd", 83_600_000),
    ("aviation-power-industrial-park", "stage", "operating"),
    ("aviation-power-industrial-park", "stage_date", date(2024, 10, 10)),
    ("hepingwan-ecological-zone", "stage", "construction"),
    ("hepingwan-ecological-zone", "stage_date", date(2023, 6, 24)),
    ("intelligent-connected-innovation-base", "stage", "construction"),
    ("intelligent-connected-innovation-base", "stage_date", date(2023, 9, 22)),
    ("eve-battery-shenyang", "stage", "operating"),
    ("eve-battery-shenyang", "stage_date", None),
    ("bmw-dadong-upgrade", "stage_date", date(2024, 4, 26)),
    ("bmw-dadong-upgrade", "investment_usd", 2_810_000_000),
    ("bmw-dadong-upgrade", "name_zh", "华晨宝马大东生产基地升级改造"),
    ("bmw-sixth-gen-battery", "name_zh", "宝马全新动力电池"),
    ("huaxiang-nev-parts-park", "stage_date", date(2024, 10, 29)),
    ("zf-electric-drive-tiexi", "stage", "operating"),
    ("teijin-csp-base", "stage", "operating"),
    ("teijin-csp-base", "name_zh", "日本帝人赛史品汽车轻量化产品生产基地"),
    ("amer-rare-earth-valley", "stage_date", date(2021, 8, 26)),
    ("zhichaoniao-digital-park", "investment_qualifier", "over"),
    ("general-aviation-institute-faku", "name_zh", "沈阳通航高技术产业研究院"),
    ("low-altitude-operation-center", "name_zh", "东北地区低空运行管理中心"),
    ("liaoning-provincial-archives", "stage_date", date(2011, 9, 15)),
    ("shenbei-wanda-plaza", "stage_date", date(2020, 10, 10)),
    ("lumei-hunnan-campus", "stage_date", "2024"),
    ("lumei-hunnan-campus", "investment", 1_870_000_000),
    ("metro-line-4-phase-1", "investment", 21_031_910_000),
    ("shenyang-ai-computing-center", "stage_date", "2022-08"),
    ("shenyang-global-harbor", "stage_date", date(2022, 11, 5)),
    ("weikong-flywheel-park", "stage_date", date(2024, 10, 29)),
]


@pytest.mark.parametrize(("key", "field", "value"), STATED)
def test_a_project_states(key: str, field: str, value: object) -> None:
    assert PROJECTS[key].get(field) == value


SHOWN = [
    ("startup-zone-comprehensive-development", date(2023, 2, 4), "hkcd-20230205"),
    ("shenyang-digital-economy-industrial-park", date(2022, 8, 3), "yg3-20220803"),
    ("cas-robotics-institute", "2015-09", "kp-2022"),
    ("ucas-robotics-school", date(2018, 2, 5), "eeworld-2018"),
    ("national-materials-research-center", date(2018, 2, 5), "eeworld-2018"),
    ("heraeus-quartz-plant", "2022-10", "chinaorg-20221021"),
    ("heraeus-quartz-plant", date(2025, 3, 25), "pd-20250326"),
    ("aviation-power-industrial-park", date(2024, 10, 10), "lngxt-20241014"),
    ("hepingwan-ecological-zone", date(2023, 6, 24), "twgd-20230630"),
    ("intelligent-connected-innovation-base", date(2023, 9, 22), "crcc-20230923"),
    ("eve-battery-shenyang", date(2022, 9, 27), "lnd-20220928"),
    ("eve-battery-shenyang", None, "edn-eve"),
    ("bmw-dadong-upgrade", date(2024, 4, 26), "bry-20240428"),
    ("bmw-sixth-gen-battery", "2023-11", "bry-20240428"),
    ("huaxiang-nev-parts-park", "2023-06", "cri-20241029"),
    ("amer-rare-earth-valley", date(2020, 7, 8), "gczx-20200709"),
    ("shenbei-wanda-plaza", "2020-02", "cri-20200310"),
    ("bmw-battery-center-phase-2", date(2020, 9, 14), "bba-20200916"),
    ("metro-line-4-phase-1", date(2015, 11, 18), "metro4-20151119"),
    ("lumei-hunnan-campus", "2023", "onekao-20250125"),
    ("shenyang-ai-computing-center", "2022-08", "jst-20230705"),
]


@pytest.mark.parametrize(("key", "day", "source"), SHOWN)
def test_an_event_has_its_day_and_its_page(key: str, day: object, source: str) -> None:
    assert (day, source) in [(found, by) for found, _, by in events(key)]
    assert source in PROJECTS[key]["sources"]


def test_works_of_the_robotics_institute_began_in_september_2015() -> None:
    first = next(e for e in events("cas-robotics-institute") if e[1] == "construction")
    assert first[0] == "2015-09"


@pytest.mark.parametrize(
    ("key", "name", "role"),
    [
        ("shenyang-center-tower", "China State Construction", "developer"),
        ("heraeus-quartz-plant", "Shin-Etsu", "partner"),
        (
            "aviation-power-industrial-park",
            "AECC Shenyang Liming Aero Engine",
            "partner",
        ),
        (
            "intelligent-connected-innovation-base",
            "China Railway Construction",
            "contractor",
        ),
        ("shendan-railway-relocation", "China Railway 18th Bureau", "contractor"),
    ],
)
def test_a_party_has_its_role(key: str, name: str, role: str) -> None:
    assert {"name": name, "role": role} in PROJECTS[key]["parties"]


def test_conflicting_sources_stand_side_by_side() -> None:
    for key, words in {
        "heraeus-quartz-plant": ("October 2022", "15 November 2022"),
        "huaxiang-nev-parts-park": ("28 May", "June 2023", "1.8 and 2.5 billion"),
        "zhichaoniao-digital-park": ("5 to 8 billion",),
        "shenyang-ai-computing-center": ("August to September 2022",),
    }.items():
        assert all(word in PROJECTS[key]["caveat"] for word in words), key
    facts = {f["label"]: f["value"] for f in PROJECTS["eve-battery-shenyang"]["facts"]}
    assert "40 GWh" in facts["Capacity"]
    assert "caveat" not in PROJECTS["bmw-battery-center-phase-2"]
    facts = {
        f["label"]: f["value"] for f in PROJECTS["huaxiang-nev-parts-park"]["facts"]
    }
    assert facts["Expected output"] == "2.5 billion yuan a year"


def test_the_page_on_the_centre_tower_is_dated() -> None:
    (page,) = [source for source in CITY["sources"] if source["id"] == "centre-tower"]
    assert page["date"] == date(2025, 11, 9)


@pytest.mark.parametrize(
    ("key", "names"),
    [
        ("shenhe-imperial-city", ["meida-experience-hall"]),
        (
            "shenbei-2022-aviation",
            ["sac-composite-center", "sac-titanium-center", "xizi-composite-base-2"],
        ),
        (
            "tiexi-2022-autumn-start",
            ["shengu-reciprocating-base", "cofco-packaging-base"],
        ),
        (
            "shenyang-2023-park-projects",
            ["eve-battery-shenyang", "intelligent-connected-tower"],
        ),
        (
            "shenyang-2024-q1-start",
            [
                "hanjing-semiconductor-base",
                "bmw-sixth-gen-battery",
                "tbea-power-equipment-park",
            ],
        ),
        (
            "tiexi-2023-plan",
            [
                "bmw-sixth-gen-battery",
                "bmw-lydia-plant",
                "eve-battery-shenyang",
                "gcl-mobile-energy-base",
            ],
        ),
    ],
)
def test_an_announcement_names_its_parts(key: str, names: list[str]) -> None:
    assert ANNOUNCEMENTS[key]["names"] == names


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("shenyang-2023-central-soe-running", ("More than 47", "at present")),
        ("shenyang-2022-targets", ("over 2,000", "over 205 billion")),
    ],
)
def test_a_lower_bound_is_called_one(key: str, words: tuple[str, ...]) -> None:
    assert all(word in ANNOUNCEMENTS[key]["statement"] for word in words)
    assert "lower bound" in ANNOUNCEMENTS[key]["caveat"]


@pytest.mark.parametrize(
    ("key", "measure"),
    [
        ("shenyang-2023-central-soe", "contract value"),
        ("shenyang-2022-targets", "plan of the year"),
        ("shenyang-2022-first-starts", "plan of the year"),
        ("shenyang-2023-scenarios", "opportunity"),
        ("shenyang-2025-scenarios", "opportunity"),
        ("shenyang-five-economies-scenarios", "opportunity"),
        ("hunnan-2023-first-batch-signings", "total"),
    ],
)
def test_an_announced_amount_means(key: str, measure: str) -> None:
    assert ANNOUNCEMENTS[key]["measure"] == measure


def test_new_totals_are_there_with_their_parts() -> None:
    parks = ANNOUNCEMENTS["shenyang-2023-park-projects"]["breakdown"]
    assert {part["label"]: part["projects"] for part in parks} == {
        "manufacturing": 263,
        "platforms for work and life": 152,
        "continued": 151,
        "landed": 75,
    }
    quarter = ANNOUNCEMENTS["shenyang-2024-q1-start"]["breakdown"]
    assert {"label": "in Tiexi", "projects": 130} in quarter
    assert ANNOUNCEMENTS["liaoning-2025-aviation-signings"]["projects"] == 39
    assert ANNOUNCEMENTS["tiexi-2023-plan"]["projects"] == 305
    assert ANNOUNCEMENTS["shenyang-2022-april"]["projects"] == 1714
    assert ANNOUNCEMENTS["shenyang-2025-ic-projects"]["date"] == "2025-03"
    assert "shenyang-2024-ic-projects" not in ANNOUNCEMENTS
