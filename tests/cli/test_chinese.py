"""The command line in Chinese: what it says, and what stays the same for programs."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from hunnan_tui.cli.catalog import COMMANDS, OPEN
from hunnan_tui.cli.command import Command
from hunnan_tui.core.cell_width import measure_width
from tests.cli.conftest import Run

DATA = """\
[dataset]
title = "项目库"
currency = "CNY"
updated = "2026-11-20"

[[industries]]
id = "it"
name = "Information technology"
name_zh = "信息技术"

[[stages]]
id = "planned"
name = "Planned"
name_zh = "谋划储备"

[[stages]]
id = "signed"
name = "Signed"
name_zh = "签约"

[[sources]]
id = "s1"
title = "集中签约"
publisher = "沈阳日报"
date = "2023-08-21"
url = "https://example.org/1"
kind = "media"

[[projects]]
id = "chips"
name = "Chip plant"
name_zh = "芯片项目"
district = "浑南"
place = "科技城"
industries = ["it"]
industries_basis = "inferred"
stage = "signed"
stage_date = "2023-08-21"
investment = 390_000_000
investment_qualifier = "about"
parties = [{ name = "某公司", role = "投资方" }]
summary = "生产线。"
sources = ["s1"]
events = [{ date = "2023-08-21", what = "签约", stage = "signed", source = "s1" }]
tags = ["watch"]
needs = [{ kind = "用工", what = "三百人", state = "open" }]
notes = [{ at = 2026-11-20T09:00:00+08:00, text = "已联系" }]

[[projects]]
id = "store"
name = "储能"
stage = "planned"
sources = ["s1"]
"""

KNOWN = re.compile(
    r"chips|store|watch|s1|Chip plant|CNY|GB|TOML|Excel|xlsx|CSV|JSON|UTF|ISO|media|watch|OL|EB"
    r"|https?://\S+|projects\.toml|hunnan-tui|[\w.-]+/|--?[a-z]+|[A-Z]{2,}|jobs|planned|signed|user|\[\[\w+\]\]|`[^`]*`"
)
"""What is no language: ids, data, file names, options, what stands for a value."""


@pytest.fixture(autouse=True)
def chinese(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    path = home / "projects.toml"
    path.write_text(DATA, "utf-8")
    return path


def find_english(text: str) -> list[str]:
    """Return the words of a text that are neither Chinese nor known."""
    return re.findall(r"[A-Za-z]{3,}", KNOWN.sub(" ", text))


@pytest.mark.parametrize(
    "argv",
    [
        ("list", "--format", "table", "-q", "投资>1亿 有:笔记"),
        ("show", "chips"),
        ("stats", "-q", "投资>1亿"),
        ("coverage",),
        ("report", "--own"),
        ("agenda",),
        ("board",),
        ("timeline",),
        ("health",),
        ("compare", "chips", "store"),
        ("related", "chips"),
        ("check",),
        ("diff", "projects.toml", "projects.toml"),
        ("tag", "add", "chips", "新", "--dry-run"),
        ("note", "add", "chips", "再联系", "--dry-run"),
        ("set", "chips", "jobs=300", "--dry-run"),
        ("stage", "store", "签约", "--dry-run"),
        ("follow", "chips", "下周五", "--dry-run"),
        ("export", "x.xlsx"),
    ],
)
def test_it_speaks_chinese(argv: tuple[str, ...], run: Run) -> None:
    ran = run(*argv)
    assert not (english := find_english(ran.out + ran.err)), english
    assert re.search("[\u4e00-\u9fff]", ran.out + ran.err)
    # but for values as they stand in the file
    wrong = "[\u4e00-\u9fff]([,;?!](?! [a-z])|: | \\()"
    assert not re.search(wrong, ran.out + ran.err)


@pytest.mark.parametrize(
    "argv",
    [
        ("list", "-q", "阶段:无此阶段"),
        ("list", "-q", "无此字段:x"),
        ("list", "--format", "pdf"),
        ("list", "--bogus"),
        ("show", "nothing"),
        ("show",),
        ("tag",),
        ("export", "x.xlsx"),
        ("export", "x.xlsx", "--columns", "无此列"),
        ("export", "nowhere/x.csv"),
        ("init", "projects.toml"),
        ("import", "none.csv"),
        ("list", "-f", "none.toml"),
    ],
)
def test_what_is_wrong_is_said_in_chinese(argv: tuple[str, ...], run: Run) -> None:
    ran = run(*argv)
    assert ran.code != 0 or argv[0] == "export"
    # ids and names of columns stand in lists, words of a sentence do not
    assert not re.search("[a-z]{2,} [a-z]{2,} [a-z]{2,}", KNOWN.sub(" ", ran.err))
    assert re.search("[\u4e00-\u9fff]{2}", ran.err)
    assert not re.search("[\u4e00-\u9fff][,;?!]", ran.err)


@pytest.mark.parametrize("command", [OPEN, *COMMANDS], ids=lambda each: each.name)
def test_help_is_chinese_and_fits(command: Command, run: Run) -> None:
    ran = run(*command.name.split(), "--help")
    assert ran.code == 0
    examples = {f"  hunnan-tui {example}".rstrip() for example in command.examples}
    for line in ran.out.splitlines():
        assert measure_width(line) <= 92, line
    text = "\n".join(line for line in ran.out.splitlines() if line not in examples)
    assert "用法：" in text
    assert "选项：" in text
    for word in ("usage", "options", "show this", "Exit status", "examples"):
        assert word not in text


@pytest.mark.parametrize(
    "argv",
    [
        ("list", "--format", "json"),
        ("show", "chips", "--format", "json"),
        ("stats", "--format", "json"),
        ("coverage", "--format", "json"),
        ("timeline", "--format", "json"),
        ("board", "--format", "json"),
        ("export", "-", "--format", "csv"),
        ("export", "-", "--format", "toml"),
        ("export", "-", "--format", "jsonl"),
        ("list", "--format", "ids"),
    ],
)
def test_what_programs_read_has_the_same_keys(argv: tuple[str, ...], run: Run) -> None:
    first, second = run(*argv), run("--lang", "en", *argv)
    assert first.code == second.code
    if "json" in argv:
        assert list_keys(json.loads(first.out)) == list_keys(json.loads(second.out))
    elif "csv" in argv:
        assert first.out.splitlines()[0] == second.out.splitlines()[0]
    else:
        assert first.out == second.out


def list_keys(value: object) -> object:
    if isinstance(value, dict):
        return {key: list_keys(part) for key, part in value.items()}
    return [list_keys(part) for part in value] if isinstance(value, list) else None


def test_names_of_both_languages_are_shown_and_found(run: Run) -> None:
    def shown(names: str) -> str:
        ran = run("list", "--format", "table", "--names", names, "-q", "chip")
        return ran.out.splitlines()[1]

    assert "芯片项目" in shown("zh")
    assert "Chip" not in shown("zh")
    assert "Chip plant" in shown("en")
    assert "芯片" not in shown("en")
    assert "芯片项目 Chip plant" in shown("both")
    assert run("list", "--format", "ids", "-q", "芯片").out == "chips\n"
    assert run("list", "--format", "ids", "-q", "xinpian").out == "chips\n"


def test_a_briefing_cites_and_counts_as_chinese_documents_do(run: Run) -> None:
    out = run("report", "--own").out
    assert out.startswith("# 项目库：简报\n")
    assert "投资额：约 3.9 亿元" in out
    assert "阶段：签约，截至 2023年8月21日" in out
    cited = "沈阳日报. 集中签约\\[EB/OL\\]. (2023-08-21)\\[2026-11-20\\]. "
    assert cited in out
    page = run("report", "--format", "html").out
    assert '<html lang="zh-CN">' in page
    assert "项目库：简报" in page


def test_an_exported_workbook_comes_back(home: Path, run: Run) -> None:
    assert run("export", "out.xlsx").code == 0
    ran = run("import", "out.xlsx", "-o", "again.toml")
    assert ran.code == 0, ran.out + ran.err
    text = (home / "again.toml").read_text("utf-8")
    assert 'id = "chips"' in text
    assert "investment = 390_000_000" in text or "investment = 390000000" in text


def test_the_preview_of_an_import_and_its_map_are_chinese(home: Path, run: Run) -> None:
    ledger = "台账\n单位：亿元\n项目名称,总投资,项目阶段\n一号,3,签约\n合计,3,\n"
    (home / "台账.csv").write_text(ledger, "utf-8")
    ran = run("import", "台账.csv")
    assert ran.code == 0
    for line in filter(None, ran.out.splitlines()):
        assert re.match(r"[\u4e00-\u9fff]| *\d", line), line
    assert "投资额（investment），单位 亿元" in ran.out
    written = (home / "台账.csv.map.toml").read_text("utf-8")
    comments = "\n".join(re.findall("# (.*)", written))
    assert not re.search("[a-z]{2,} [a-z]{2,}", comments), comments


def test_a_source_without_an_address_ends_before_its_note(home: Path, run: Run) -> None:
    text = DATA.replace('url = "https://example.org/1"', 'note = "会上所说"')
    (home / "projects.toml").write_text(text, "utf-8")
    assert r"沈阳日报. 集中签约\[Z\]. (2023-08-21)。会上所说" in run("report").out


def test_a_need_has_the_kind_of_its_chinese_name(home: Path, run: Run) -> None:
    assert "需求 能源：1 个项目" in run("need", "add", "store", "能源", "110 kV").err
    assert 'kind = "energy"' in (home / "projects.toml").read_text("utf-8")
    assert "需求 能源 已解决：1 个项目" in run("need", "meet", "store", "能源").err


def test_a_need_has_the_kind_that_any_word_for_it_has_in_the_app(
    home: Path, run: Run
) -> None:
    assert "需求 能源：1 个项目" in run("need", "add", "store", "用电", "110 kV").err
    text = (home / "projects.toml").read_text("utf-8")
    assert 'kind = "energy"' in text
    (home / "projects.toml").write_text(text.replace('"energy"', '"用电"'), "utf-8")
    assert "已解决：1 个项目" in run("need", "meet", "store", "能源").err


def test_own_knowledge_is_found_by_what_it_was_called_before(
    home: Path, run: Run
) -> None:
    text = DATA.replace('basis = "inferred"', 'basis = "user"')
    (home / "projects.toml").write_text(text, "utf-8")
    new, old = (run("list", "-q", f"依据:{name}") for name in ("本人掌握", "自知"))
    assert new.code == old.code == 0
    assert new.out == old.out != ""


def test_the_heading_of_amounts_names_them_and_their_unit(run: Run) -> None:
    assert "金额，元" in run("list", "--format", "table").out


def test_a_need_is_found_by_the_words_that_it_is_shown_with(
    home: Path, run: Run
) -> None:
    run("need", "add", "store", "用电", "110 kV")
    for stored, shown in (("open", "待解决"), ("energy", "能源")):
        found = run("list", "-q", f"需求:{shown}").out
        assert found == run("list", "-q", f"需求:{stored}").out
        assert "store" in found
    assert "store" not in run("list", "-q", "需求:已解决").out
