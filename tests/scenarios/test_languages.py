"""The analyst's day in Chinese from a ledger to the briefing; the journalist's in English."""

from __future__ import annotations

from datetime import date, timedelta

from tests.scenarios.scenario import ENTER, ESC, Day

CTRL_S = "\x13"
LEDGER = """\
浑南区重点项目台账
单位：亿元
项目代码,项目名称,所属行业,总投资,项目阶段,投资方,责任人
HN-1,王家湾滨水产业综合开发,其他,406,签约,甲建设公司,张三
HN-2,燃气轮机产业基地,智能制造,30,在建,中国航发,李四
HN-3,石墨烯生产基地,先进材料,约3,签约,,李四
合计,,,439,,,
"""
CHINESE_ONLY = """\
format = 1

[dataset]
title = "区项目库"
currency = "CNY"

[[industries]]
id = "it"
name = "信息技术"
name_zh = "信息技术"

[[stages]]
id = "s1"
name = "签约"

[[sources]]
id = "paper"
title = "集中签约"
publisher = "沈阳日报"
date = 2023-08-21
url = "https://example.org/1"
kind = "media"

[[projects]]
id = "chips"
name = "芯片产业园"
industries = ["it"]
stage = "s1"
stage_date = 2023-08-21
investment = 40_600_000_000
sources = ["paper"]

[[projects]]
id = "robots"
name = "机器人基地"
industries = ["it"]
stage = "s1"
sources = ["paper"]
"""


def use_locale(day: Day, **variables: str) -> None:
    """Leave only these of the variables that say which language people read."""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LC_CTYPE"):
        day.environ.pop(name, None)
    day.environ |= variables


def test_an_analyst_who_reads_no_english(day: Day) -> None:
    use_locale(day, LANG="zh_CN.UTF-8")
    folder = day.path.parent
    day.path.unlink()
    (folder / "台账.csv").write_text(LEDGER, "utf-8")

    # the ledger, looked at and brought in
    assert "未导入的行" in day.command("import", "台账.csv", "--dry-run")
    day.command("import", "台账.csv", "-o", day.path.name)
    words = ("--title", "集中签约", "--publisher", "沈阳日报", "--date", "2026-11-20")
    day.command("source", "add", *words, "--url", "https://example.org/1")
    day.command("set", "hn-1", "sources+=shen-yang-ri-bao-20261120")

    # with the input method on: filter, watch, note, need, day, stage
    day.start(shows="退出")
    day.press("／")
    day.types("阶段》＝签约　投资》１０亿")
    screen = day.sees("2/3 个项目 · 436 亿元")
    assert "王家湾滨水产业综合开发" in screen
    day.press(ENTER, "ｗ", "ｎ")
    day.sees("存为草稿")
    day.types("已电话联系，缺临时用电")
    day.press(CTRL_S)
    day.gone("存为草稿")
    day.press("Ｎ")
    day.types("用电 缺临时用电")
    day.press(ENTER, ESC, "ａ")
    day.types("下周五")
    day.sees("周五")
    day.press(ENTER, "Ｐ")
    day.sees("转入阶段：王家湾滨水产业综合开发")
    day.press(ENTER)
    day.saved()
    project = day.project("hn-1")
    assert project["tags"] == ["watch"]
    assert project["notes"][0]["text"].strip() == "已电话联系，缺临时用电"
    assert project["needs"][0]["kind"] == "energy"
    assert project["follow_up"].weekday() == 4
    assert project["follow_up"] - date.today() > timedelta(0)  # noqa: DTZ011
    assert project["events"][0]["what"] == "在建"

    # what waits, the pipeline, and back
    day.press("Ｍ")
    assert "待解决的需求（1）" in day.sees("我的工作")
    day.press(ESC, "ｐ")
    day.sees("占上一阶段")
    day.press(ESC)
    day.leave()

    # the briefing: amounts, days, and the source as GB/T 7714 has it
    day.command("report", "-q", "#watch", "-o", "简报.md")
    briefing = (folder / "简报.md").read_text("utf-8")
    assert briefing.startswith("# 浑南区重点项目台账：简报")
    assert "投资额：406 亿元" in briefing
    assert "沈阳日报. 集中签约\\[EB/OL\\]. (2026-11-20)" in briefing
    assert "Sources" not in briefing


def test_a_journalist_who_reads_no_chinese(day: Day) -> None:
    """The data are Chinese alone: all round them is English, whatever is stated."""
    use_locale(day, LANG="zh_CN.UTF-8", LC_ALL="POSIX")
    day.path.write_text(CHINESE_ONLY, "utf-8")
    config = day.path.parents[1] / "config" / "hunnan-tui" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text('names = "en"\n', "utf-8")

    day.start()
    screen = day.sees("2 of 2 projects")
    assert "40.6 bn yuan" in screen
    assert "芯片产业园" in screen  # what has no English name is called as it is
    day.press("/")
    day.types("xinpian stage>=s1 invest>10bn")
    day.sees("1 of 2 projects")
    day.press(ENTER, "3", "j", "i")
    assert "https://example.org/1" in day.sees("沈阳日报")
    day.press(ESC, "2", "n")
    day.sees("keep as draft")
    day.types("who pays for it?")
    day.press(CTRL_S)
    day.gone("keep as draft")
    day.saved()
    day.leave()

    assert "Stage: 签约" in day.command("show", "chips")
    briefing = day.command("report", "-q", "有:笔记")
    assert "Investment: 40,600,000,000 yuan (40.6 bn)" in briefing
    assert "| 信息技术 |" in briefing  # not twice
    assert "集中签约" in briefing
