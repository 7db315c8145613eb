"""The examples and the edge cases of the query language, each as it is documented."""

from __future__ import annotations

from pathlib import Path

import pytest

from hunnan_tui.dataset import parser
from hunnan_tui.query.engine.index import Index
from hunnan_tui.query.language.formatter import format_query
from tests.query.cases import (
    ALL,
    BLANK,
    GAS,
    HOSPITAL,
    PARK,
    TODAY,
    asked,
    keys,
    told,
)

SHIPPED = Path(__file__).parents[2] / "data" / "projects.toml"

FOUND = [
    # plain words, anywhere
    ("gas turbine", [GAS]),
    ("turbine gas", [GAS]),
    ('"gas turbine"', [GAS]),
    ('"turbine gas"', []),
    ("assembly", [GAS]),
    ("aero", [GAS]),
    ("free-trade", [GAS]),
    ("design lot", [PARK]),
    ("region/north", [GAS]),
    ("cri online", [GAS]),
    ("cafe", [HOSPITAL]),
    ("航发", [GAS]),
    ("hangfa", [GAS]),
    ("zghf", [GAS]),
    ("zhonghf", [GAS]),
    ("沈阳", [PARK, HOSPITAL]),
    ("沈陽", [PARK, HOSPITAL]),
    ("医院", [HOSPITAL]),
    ("ＧＡＳ turbine", [GAS]),
    # industries and stages
    ("industry:life", [HOSPITAL]),
    ("industry:生命", [HOSPITAL]),
    ("industry:smjk", [HOSPITAL]),
    ("industry:it", [PARK]),
    ("industry:it,life", [PARK, HOSPITAL]),
    ("行业:信息", [PARK]),
    ("stage:signed", [PARK]),
    ("stage:签约", [PARK]),
    ("stage:qy", [PARK]),
    ("stage>=signed", [PARK, GAS]),
    ("stage>signed", [GAS]),
    ("stage<construction", [PARK, HOSPITAL]),
    ("stage<=signed", [PARK, HOSPITAL]),
    ("stage:planned..signed", [PARK, HOSPITAL]),
    ("阶段≥签约", [PARK, GAS]),
    # amounts
    ("invest>1bn", [PARK, GAS]),
    ("invest>=15亿", [PARK, GAS]),
    ("invest:10亿..200亿", [PARK, GAS, HOSPITAL]),
    ("invest:10..200亿", [PARK, GAS, HOSPITAL]),
    ("invest:..30亿", [GAS, HOSPITAL]),
    ("invest=10亿", [HOSPITAL]),
    ("invest:1000000000", [HOSPITAL]),
    ("invest:1,000,000,000", [HOSPITAL]),
    ("invest:1bn,3bn", [GAS, HOSPITAL]),
    ("invest>$1bn", [PARK]),
    ("invest>10亿美元", [PARK]),
    ("投资>2000百万", [PARK, GAS]),
    # dates
    ("reported:2023-03", [PARK, HOSPITAL]),
    ("reported:2020", [HOSPITAL]),
    ("signed>=2023", [PARK, HOSPITAL]),
    ("signed:2022", [GAS]),
    ("signed:2023-03", [PARK]),
    ("signed>2023-03", []),
    ("signed<=2023-03", [PARK, GAS]),
    ("updated:-90d..", []),
    ("updated:2023-08", [GAS]),
    ("updated<2023-04", [PARK]),
    ("age>180d", [PARK, GAS, HOSPITAL]),
    ("age<3y", [HOSPITAL]),
    ("due:..+7d", [GAS]),
    ("due:2026-12", []),
    ("noted:-7d..", [PARK]),
    # tags, notes and the rest
    ("tag:watch", [GAS]),
    ("#watch", [GAS]),
    ("#ＷＡＴＣＨ", [GAS]),
    ("tag:region", [GAS]),
    ("tag=region", []),
    ("tag:reg*", [GAS]),
    ("#关注", [PARK]),
    ('tag:"big one"', [PARK]),
    ('#"big one"', [PARK]),
    ("#watch,关注", [PARK, GAS]),
    ('note:"design lot"', [PARK]),
    ("has:note", [PARK]),
    ("no:tag", [HOSPITAL, BLANK]),
    ("basis:stated,inferred", [PARK, GAS]),
    ("basis:inferred", [GAS]),
    ("has:invest", [PARK, GAS, HOSPITAL]),
    ("no:industry", [BLANK]),
    ("need:energy", [GAS]),
    ("need:open", [GAS]),
    ('party:"china railway"', [GAS]),
    ("investor:china", [GAS, HOSPITAL]),
    ("investor=China", [HOSPITAL]),
    ("district:hun", [PARK, GAS]),
    ("place:zone", [GAS]),
    ("source:cd", [PARK, HOSPITAL]),
    ("source:daily", [PARK, HOSPITAL]),
    ("id:park", [PARK]),
    ("id=park", []),
    ("name:hangfa", [GAS]),
    ("name:g*base", [GAS]),
    ("is:watched", [GAS]),
    ("is:stale", [PARK, GAS, HOSPITAL]),
    ("is:largest", [PARK, GAS, HOSPITAL]),
    ("is:needy", [GAS]),
    ("is:tagged", [PARK, GAS]),
    ("is:noted", [PARK]),
    # and, or, not
    ("gas OR park", [PARK, GAS]),
    ("gas | park", [PARK, GAS]),
    ("gas|park", [PARK, GAS]),
    ("gas 或 park", [PARK, GAS]),
    ("gas AND turbine", [GAS]),
    ("gas & turbine", [GAS]),
    ("(gas OR park) stage:signed", [PARK]),
    ("gas OR park stage:planned", [GAS]),
    ("NOT gas", [PARK, HOSPITAL, BLANK]),
    ("!gas -park", [HOSPITAL, BLANK]),
    ("-(gas OR park)", [HOSPITAL, BLANK]),
    ("stage!=signed", [GAS, HOSPITAL, BLANK]),
    ("--stage:signed", [PARK]),
    # patterns
    ("/gas.*base/", [GAS]),
    ("name:/^gas/", [GAS]),
    ("/base$/", [GAS]),
    # text that only looks like syntax
    ("[", [PARK]),
    ("[A]", [PARK]),
    ("e-commerce", [PARK]),
    ("https://example.org/a?b=1", [PARK]),
    ("12:30", []),
    ("“数字经济”", [PARK]),
    ("「数字经济」", [PARK]),
    ("free–trade", []),
    # full width
    ("stage：construction　invest＞10亿", [GAS]),
    ("阶段》＝construction　投资》10亿", [GAS]),  # as an input method writes > and <
    ("投资《=1万 OR 投资》10亿 gas", [GAS]),
    ("关于《沈阳》", []),
    ("（ｇａｓ　ＯＲ　ｐａｒｋ）　－ｓｔａｇｅ：ｓｉｇｎｅｄ", [GAS]),
    ("industry:it，life", [PARK, HOSPITAL]),
    ("industry:it、life", [PARK, HOSPITAL]),
    # nothing to filter by
    ("", ALL),
    ("   ", ALL),
    ("OR", ALL),
    ("()", ALL),
    ("-", ALL),
]


@pytest.mark.parametrize(("text", "found"), FOUND)
def test_a_query_lists_what_it_says(text: str, found: list[str]) -> None:
    assert keys(text) == found
    assert not asked(text).has_error


@pytest.mark.parametrize(("text", "found"), FOUND)
def test_the_canonical_text_lists_the_same(text: str, found: list[str]) -> None:
    assert keys(format_query(asked(text))) == found


@pytest.mark.parametrize(
    "text",
    [
        "zghf",
        "hangfa",
        "航发",
        "ＧＡＳ turbine",
        "stage：construction　invest＞10亿",
        "/zghf",
    ],
)
def test_the_gas_turbine_base_of_the_shipped_data_is_found(text: str) -> None:
    index = Index(parser.parse(SHIPPED.read_bytes()).dataset)
    assert "aecc-gas-turbine-base" in index.find_keys(index.parse(text, today=TODAY))


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("-industry:it", "column 2: Includes 1 with no industry (has:industry leaves"),
        ("invest<1.5bn", "column 1: Leaves out 1 with no amount"),
        ("invest>$1bn", "column 1: 1 project states an amount in dollars"),
        ("industry:in", "industry:in matches Intelligent manufacturing and Informa"),
        ("(industry:it", "column 1: The closing bracket is added"),
        ("industry:it)", "column 12: There is no bracket to close"),
        ("invest>", "column 1: invest is waiting for a value"),
        ("gas invest:..", "column 5: invest is waiting for a value"),
        ("tag:", "column 1: tag is waiting for a value"),
        ("#", "column 1: # is waiting for a tag"),
        ("gas -", "column 5: Waiting for what is left out"),
        ("sort:inv", "column 6: sort: is waiting for a whole name"),
        ("gas or park", 'column 5: "or" is read as a word (use OR)'),
        ("OR", "column 1: OR stands between two terms"),
        ("gas OR", "column 5: OR stands between two terms"),
        ("/(a/", "column 1: A pattern does not close a bracket: it is searched as"),
        ("/gas", "column 1: A pattern ends with /: this is read as text"),
        ("#wotch", "column 1: No project has the tag wotch (did you mean watch?)"),
    ],
)
def test_a_hint_informs_and_the_rest_applies(text: str, what: str) -> None:
    assert what in told(text)
    assert not asked(text).has_error


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("invest>lots", "column 8: 'lots' is no amount: type 1.5bn"),
        ("gas invest>lots", "column 12: 'lots' is no amount"),
        (
            "indstry:life",
            "column 1: There is no field indstry (did you mean industry?)",
        ),
        ("sined>=2023", "column 1: There is no field sined (did you mean signed?)"),
        (
            "a=b",
            'column 1: There is no field a (text that is searched goes in quotes: "a=b"',
        ),
        ("Rack::Timeout x", 'goes in quotes: "Rack::Timeout")'),
        ("name>gas", "column 5: name has no order (type name:)"),
        ("invest>1bn..2bn", "column 8: A range stands behind invest:"),
        ("invest:1bn..$2bn", "column 8: One end is in dollars and the other is not"),
        ("reported:lately", "column 10: 'lately' is no date"),
        ("age>2023", "column 5: '2023' is no length of time"),
        ("invest:/1bn/", "column 8: A pattern stands for text only"),
        ("is:wached", "column 4: There is no test wached (did you mean watched?)"),
        ("sort:invset", "column 6: There is no field invset (did you mean invest?)"),
        (
            "industry:helth",
            "column 1: No industry is called helth (did you mean life?)",
        ),
        ("stage:xyz", "column 1: No stage is called xyz (there is Planned, Signed or"),
    ],
)
def test_an_error_names_its_column_and_a_way_out(text: str, what: str) -> None:
    assert what in told(text)
    assert asked(text).has_error


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("gas indstry:life", "gas industry:life"),
        ("(industry:it", "(industry:it)"),
        ("gas or park", "gas OR park"),
        ("is:wached", "is:watched"),
        ("sined>=2023", "signed>=2023"),
        ("stage>=sined gas", "stage>=signed gas"),
    ],
)
def test_one_key_takes_over_the_mended_query(text: str, mended: str) -> None:
    assert [p.fix for p in asked(text).problems if p.fix] == [mended]


def test_an_error_leaves_the_other_terms_in_place() -> None:
    assert keys("stage:signed invest>lots") == [PARK]


def test_a_column_counts_characters_as_they_were_typed() -> None:
    assert "column 5:" in told("航发　　ｉｎｖｅｓｔ＞")


def test_nesting_and_length_are_bounded_and_said() -> None:
    assert "too many brackets" in told("(" * 100 + "gas")
    assert "too long" in told("gas " * 2_000)
