"""The industries and stages that a new dataset can begin with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from hunnan_tui.core.language import N_


class Term(NamedTuple):
    """An industry or a stage."""

    id: str
    name: str
    name_zh: str
    meaning: str = ""
    """What belongs to it, in one sentence."""


class StartingSet(NamedTuple):
    """Industries and stages, each in their order."""

    label: str
    """What it is."""
    industries: tuple[Term, ...] = ()
    stages: tuple[Term, ...] = ()
    currency: str = ""
    """The currency that its users have, if it is clear."""
    is_bilingual: bool = False
    """Whether Chinese names are written whatever the language."""


CHINESE_DISTRICT = "chinese-district"
GENERAL = "general"
NONE = "none"

_OTHER = Term("other", "Other", "其他")

SETS: Mapping[str, StartingSet] = {
    CHINESE_DISTRICT: StartingSet(
        N_("a Chinese district's industries and stages"),
        industries=(
            Term(
                "advanced-materials",
                "Advanced materials",
                "先进材料",
                "New metals, composites, graphene, rare-earth and semiconductor "
                "materials.",
            ),
            Term(
                "intelligent-manufacturing",
                "Intelligent manufacturing",
                "智能制造",
                "Robots, aero engines, gas turbines, vehicles and other equipment made "
                "with digital means.",
            ),
            Term(
                "information-technology",
                "Information technology",
                "信息技术",
                "Software, chips and chip equipment, computing, data and networks.",
            ),
            Term(
                "life-and-health",
                "Life and health",
                "生命健康",
                "Biomedicine, medical devices, hospitals and health services.",
            ),
            Term(
                "digital-cultural-creation",
                "Digital cultural creation",
                "数字文创",
                "Culture, animation, games and media made with digital technology.",
            ),
            _OTHER,
        ),
        stages=(
            Term(
                "planned",
                "Planned",
                "谋划储备",
                "Thought out and kept in the project reserve; no agreement yet.",
            ),
            Term(
                "promoted",
                "Promoted",
                "推介",
                "Offered to investors at meetings or in lists.",
            ),
            Term(
                "signed", "Signed", "签约", "An agreement with the investor is signed."
            ),
            Term("construction", "Under construction", "开工", "Works have begun."),
            Term("completed", "Completed", "竣工", "Works are finished and accepted."),
            Term("operating", "Operating", "投产", "Production or service has begun."),
        ),
        currency="CNY",
        is_bilingual=True,
    ),
    GENERAL: StartingSet(
        N_("general industries and stages"),
        industries=(
            Term("manufacturing", "Manufacturing", "制造业"),
            Term("energy", "Energy", "能源"),
            Term("transport", "Transport and logistics", "交通物流"),
            Term("information", "Information and communication", "信息通信"),
            Term("health", "Health and life sciences", "医疗健康"),
            Term("agriculture", "Agriculture and food", "农业食品"),
            Term("tourism", "Tourism and culture", "文旅"),
            Term("water-and-waste", "Water and waste", "水务环保"),
            _OTHER,
        ),
        stages=(
            Term("proposed", "Proposed", "提出", "Announced or thought out."),
            Term("approved", "Approved", "批准", "Permits or funds are granted."),
            Term("contracted", "Contracted", "签约", "A contract is signed."),
            Term("construction", "Under construction", "在建", "Works have begun."),
            Term("completed", "Completed", "完工", "Works are finished."),
            Term("operating", "Operating", "运营", "It is in use."),
        ),
    ),
    NONE: StartingSet(N_("neither: you write your own")),
}
"""The sets by name."""
