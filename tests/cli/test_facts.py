"""Facts that are set, projects and sources that are added, by command."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import tomli

from tests.cli.conftest import GOLDEN, Run
from tests.cli.test_editing import TURBINE, added_and_removed, project

TODAY = date.today().isoformat()  # noqa: DTZ011 - the reader's day


class TestSet:
    def test_values_are_read_as_people_type_them(self, path: Path, run: Run) -> None:
        before = path.read_text()
        ran = run(
            "set", "bare", "投资=约3.2亿", "industry=能源", "leader=张三", "plan=120"
        )
        assert (ran.code, ran.out) == (0, "")
        assert ran.err == "set 投资, industry, leader, plan: 1 project\n"
        added, removed = added_and_removed(before, path.read_text())
        assert added == [
            'industries = ["energy"]',
            'industries_basis = "user"',
            "investment = 320000000",
            'investment_qualifier = "about"',
            'user_facts = ["investment", "leader", "plan"]',
            'leader = "张三"',
            "plan = 120",
        ]
        assert removed == []
        shown = run("show", "bare").out
        assert "Investment: about 320 m yuan (own knowledge)" in shown
        assert "- leader: 张三 (own knowledge)" in shown

    def test_a_source_takes_the_place_of_own_knowledge(
        self, path: Path, run: Run
    ) -> None:
        run("set", "bare", "investment=5亿以上", "jobs=3k")
        assert run("set", "bare", "investment=6亿", "--source", "paper").code == 0
        bare = project(path, "bare")
        assert (bare["investment"], bare["sources"]) == (600_000_000, ["paper"])
        assert bare["user_facts"] == ["jobs"]
        assert "investment_qualifier" not in bare

    def test_who_says_it_is_noted_of_a_value_that_stays(
        self, path: Path, run: Run
    ) -> None:
        run("set", "bare", "jobs=3", "industry=energy")
        assert run("set", "bare", "jobs=3", "--source", "paper").code == 0
        bare = project(path, "bare")
        assert (bare["sources"], "user_facts" in bare) == (["paper"], False)
        run("set", "bare", "industry=energy", "--source", "paper")
        assert project(path, "bare")["industries_basis"] == "stated"
        assert "nothing to change" in run("set", "bare", "jobs=3").err
        run("set", "bare", "jobs=3", "--own-knowledge")
        assert project(path, "bare")["user_facts"] == ["jobs"]

    def test_the_list_shows_what_facts_rest_on(self, path: Path, run: Run) -> None:
        run("set", TURBINE, "jobs=3")
        words = ("list", "-q", "basis:user show:basis", "--format", "table")
        assert run(*words).out.splitlines()[1].endswith("inferred, user")

    def test_nothing_behind_the_sign_removes_a_field(
        self, path: Path, run: Run
    ) -> None:
        before = path.read_text()
        run("set", "bare", "place=North", "leader=张三")
        run("set", "bare", "place=", "leader=")
        assert path.read_text() == before

    def test_lists_grow_and_shrink(self, path: Path, run: Run) -> None:
        run(
            "set",
            TURBINE,
            "parties+=甲公司 (investor)",
            "events+=2026-03-08 Topped out",
        )
        turbine = project(path)
        assert turbine["parties"][-1] == {"name": "甲公司", "role": "investor"}
        topped = {"date": date(2026, 3, 8), "what": "Topped out", "basis": "user"}
        assert turbine["events"][-1] == topped
        run("set", TURBINE, "parties-=A bank", "parties-=甲公司", "events-=Topped out")
        turbine = project(path)
        assert turbine["parties"] == [{"name": "Aero Engine", "role": "developer"}]
        assert topped not in turbine["events"]

    def test_a_labelled_fact_is_set_by_its_label(self, path: Path, run: Run) -> None:
        run("set", "-q", "航发", "halls=four")
        assert project(path)["facts"] == [
            {"label": "Halls", "value": "four", "basis": "user"}
        ]
        run("set", "bare", "Halls=one", "--source", "paper")
        assert project(path, "bare")["facts"] == [
            {"label": "Halls", "value": "one", "source": "paper"}
        ]

    def test_a_dry_run_says_what_would_change(self, path: Path, run: Run) -> None:
        before = path.read_bytes()
        ran = run("set", TURBINE, "stage=签约", "jobs=5", "-n")
        assert ran.out.splitlines() == [
            "turbine-base: Stage: construction -> signed",
            "turbine-base: Jobs: not stated -> 5",
            "turbine-base: Own knowledge: not stated -> jobs; stage",
        ]
        assert ran.err.endswith("would change 1 project\n")
        assert path.read_bytes() == before

    def test_what_is_so_already_changes_nothing(self, path: Path, run: Run) -> None:
        before = path.read_bytes()
        ran = run("set", TURBINE, "stage=construction", "investment=约30亿")
        assert "nothing to change" in ran.err
        assert path.read_bytes() == before

    def test_ids_come_from_standard_input(self, path: Path, run: Run) -> None:
        assert run("set", "-", "jobs=7", stdin=b"bare\nturbine-base\n").code == 0
        assert project(path)["jobs"] == project(path, "bare")["jobs"] == 7

    @pytest.mark.parametrize(
        ("word", "told"),
        [
            ("investment=€5m", "amounts here are in CNY"),
            ("investment=lots", "is no amount"),
            ("investment=0", "leave it empty"),
            ("investment=9e99亿", "is no amount"),
            ("jobs=-3", "is no number"),
            ("stage_date=2026-13-01", "is no date"),
            ("stage=built", "there are: Signed, Under construction"),
            ("industry=steel", "No industry is called"),
            ("sources=nosuch", "No source has the id"),
            ("url=javascript:alert(1)", "is no web address"),
            ("part_of=nosuch", "No project has the id"),
            ("name=", "needs a name"),
            ("id=x", "stays as it is"),
            ("tags=x", "tag add"),
            ("follow_up=fri", "follow"),
            ("age=3", "cannot be set"),
            ("investmnt=3", "did you mean investment?"),
            ("name+=x", "no list"),
            ("facts+=x", "LABEL: VALUE"),
            ("=x", "no FIELD=VALUE"),
            ("x", "no FIELD=VALUE"),
            ("\x1b[31m=x", "on one line"),
            ("x" * 61 + "=1", "up to 60 characters"),
            ("summary=" + "x" * 20_001, "more than 20,000 characters"),
        ],
    )
    def test_what_makes_no_sense_is_refused(
        self, path: Path, run: Run, word: str, told: str
    ) -> None:
        before = path.read_bytes()
        ran = run("set", "bare", word)
        assert ran.code == 2
        assert told in ran.err
        assert path.read_bytes() == before

    def test_a_name_like_another_is_a_field_when_one_says_so(
        self, path: Path, run: Run
    ) -> None:
        assert run("set", "bare", "investmnt=3", "--new").code == 0
        assert project(path, "bare")["investmnt"] == 3

    def test_a_code_with_a_zero_in_front_stays_text(self, path: Path, run: Run) -> None:
        run("set", "bare", "代码=00710", "电话=13812345678901234")
        assert project(path, "bare")["代码"] == "00710"
        assert project(path, "bare")["电话"] == "13812345678901234"

    def test_a_value_that_ends_like_a_dataset_is_none(
        self, path: Path, run: Run
    ) -> None:
        assert run("set", "bare", "url=example.org/a.toml").code == 0
        assert project(path, "bare")["url"] == "https://example.org/a.toml"


class TestStage:
    def test_the_event_the_stage_and_its_day_are_one_step(
        self, path: Path, run: Run
    ) -> None:
        ran = run(
            "stage", "bare", "开工", "--date", "2026年3月8日", "--source", "paper"
        )
        assert (ran.code, ran.err) == (0, "move to Under construction: 1 project\n")
        bare = project(path, "bare")
        assert (bare["stage"], bare["stage_date"]) == ("construction", date(2026, 3, 8))
        assert bare["sources"] == ["paper"]
        assert bare["events"] == [
            {
                "date": date(2026, 3, 8),
                "what": "Under construction",
                "stage": "construction",
                "source": "paper",
            }
        ]

    def test_without_a_day_it_is_today_and_own_knowledge(
        self, path: Path, run: Run
    ) -> None:
        assert run("stage", "-q", "id:bare", "sig", "--what", "By phone").code == 0
        bare = project(path, "bare")
        assert str(bare["stage_date"]) == TODAY
        assert bare["events"][0]["basis"] == "user"
        assert bare["events"][0]["what"] == "By phone"
        assert "user_facts" not in bare
        listed = run("list", "-q", "basis:user", "--format", "ids").out
        assert listed == "bare\n"
        assert "Stage: Signed 签约" in run("show", "bare").out

    @pytest.mark.parametrize(
        "words", [("built",), ("s", "x"), ("signed", "--date", "soon"), ()]
    )
    def test_what_makes_no_sense_is_refused(
        self, path: Path, run: Run, words: tuple[str, ...]
    ) -> None:
        before = path.read_bytes()
        assert run("stage", "bare", *words).code == 2
        assert path.read_bytes() == before


class TestAdd:
    def test_a_project_comes_last_with_an_id_of_its_name(
        self, path: Path, run: Run
    ) -> None:
        before = path.read_text()
        ran = run("add", "浑南储能基地", "stage=签约", "investment=1.2bn", "leader=李")
        assert (ran.code, ran.out) == (0, "hun-nan-chu-neng-ji-di\n")
        assert path.read_text() == before + (
            "\n[[projects]]\n"
            'id = "hun-nan-chu-neng-ji-di"\n'
            'name = "浑南储能基地"\n'
            'stage = "signed"\n'
            "investment = 1200000000\n"
            'user_facts = ["investment", "leader", "stage"]\n'
            'leader = "李"\n'
        )

    def test_one_of_the_same_name_is_told_and_not_added(
        self, path: Path, run: Run
    ) -> None:
        before = path.read_bytes()
        ran = run("add", "ＢＡＲＥ")
        assert ran.code == 3
        assert "like bare: the same name" in ran.err
        assert path.read_bytes() == before
        ran = run("add", "Bare", "--force", "parties=Aero Engine")
        assert (ran.code, ran.out) == (0, "bare-2\n")
        assert "like turbine-base: the party Aero Engine too" in ran.err

    def test_a_dry_run_prints_the_table(self, path: Path, run: Run) -> None:
        before = path.read_bytes()
        ran = run("add", "New", "--id", "n-1", "--source", "paper", "place=x", "-n")
        assert ran.out.splitlines() == [
            "[[projects]]",
            'id = "n-1"',
            'name = "New"',
            'place = "x"',
            'sources = ["paper"]',
        ]
        assert path.read_bytes() == before

    @pytest.mark.parametrize(
        "words",
        [
            ("",),
            ("—",),
            ("New", "--id", "No Id"),
            ("New", "--id", "bare"),
            ("New", "stage=built"),
            ("New", "--source", "nosuch"),
            ("New", "--source", "paper", "--own-knowledge"),
        ],
    )
    def test_what_makes_no_sense_is_refused(
        self, path: Path, run: Run, words: tuple[str, ...]
    ) -> None:
        before = path.read_bytes()
        assert run("add", *words).code == 2
        assert path.read_bytes() == before


class TestSource:
    def test_a_source_is_added_once_and_then_named(self, path: Path, run: Run) -> None:
        words = ("--title", "Works", "--publisher", "沈阳日报", "--date", "2026-11")
        ran = run("source", "add", *words, "--url", "example.org/x", "--kind", "media")
        assert (ran.code, ran.out) == (0, "shen-yang-ri-bao-202611\n")
        assert ran.err.endswith(": 1 entry\n")
        assert tomli.loads(path.read_text())["sources"][1] == {
            "id": "shen-yang-ri-bao-202611",
            "title": "Works",
            "publisher": "沈阳日报",
            "date": "2026-11",
            "url": "https://example.org/x",
            "kind": "media",
        }
        again = run(
            "source", "add", "--title", "Other", "--url", "https://example.org/x/"
        )
        assert again.code == 2
        assert "shen-yang-ri-bao-202611 has this address" in again.err
        assert run("set", "bare", "jobs=3", "--source", ran.out.strip()).code == 0

    @pytest.mark.parametrize(
        "words",
        [
            (),
            ("--title", " "),
            ("--title", "x", "--id", "paper"),
            ("--title", "x", "--date", "soon"),
            ("--title", "x", "--url", "ftp://x.org"),
            ("--title", "x", "--kind", "rumour"),
            ("--title", "—"),
        ],
    )
    def test_what_makes_no_sense_is_refused(
        self, path: Path, run: Run, words: tuple[str, ...]
    ) -> None:
        before = path.read_bytes()
        assert run("source", "add", *words).code == 2
        assert path.read_bytes() == before


class TestRefused:
    @pytest.mark.parametrize(
        "words",
        [
            ("set", "bare", "jobs=1"),
            ("stage", "bare", "signed"),
            ("add", "New"),
            ("source", "add", "--title", "x"),
        ],
    )
    def test_facts_do_not_go_into_a_notes_file(
        self, path: Path, run: Run, words: tuple[str, ...]
    ) -> None:
        before = path.read_bytes()
        ran = run(*words, "--notes", "mine.toml")
        assert ran.code == 3
        assert "cannot be written: copy" in ran.err
        assert path.read_bytes() == before
        assert not Path("mine.toml").exists()

    def test_the_data_of_the_program_is_copied_first(
        self, home: Path, run: Run
    ) -> None:
        ran = run("set", "aecc-gas-turbine-base", "jobs=1")
        assert ran.code == 3
        assert "`hunnan-tui init mine.toml --copy` makes one of your own" in ran.err
        assert run("init", "mine.toml", "--copy").code == 0
        assert run("set", "aecc-gas-turbine-base", "jobs=1", "mine.toml").code == 0

    def test_a_project_without_an_id_is_named_and_the_others_are_set(
        self, path: Path, run: Run
    ) -> None:
        ran = run("set", "-q", "name:Bare,Nameless", "jobs=1")
        assert ran.code == 3
        assert "It has no id" in ran.err
        assert project(path, "bare")["jobs"] == 1

    def test_a_wrong_value_is_mended(self, path: Path, run: Run) -> None:
        text = (GOLDEN / "projects.toml").read_text()
        path.write_text(text.replace("investment = 1\n", 'investment = "lots"\n'))
        assert run("set", "hostile", "investment=2亿").code == 0
        assert project(path, "hostile")["investment"] == 200_000_000


class TestAmounts:
    TEXT = (
        '[dataset]\ncurrency = "CNY"\n\n[[announcements]]\nid = "t"  # total\n'
        'statement = "T"\ninvestment = "855亿"  # as printed\n'
        'breakdown = [{ label = "x", investment = "391亿" }]\n\n'
        '[[projects]]\nid = "a"\nname = "A"\ninvestment = "约3.2亿"  # as printed\n'
        'investment_usd = \'12.5 bn\'\n\n[[projects]]\nid = "b"\nname = "B"\n'
        'investment = "soon"\n'
    )

    def test_texts_become_numbers_when_it_is_asked_for(
        self, home: Path, run: Run
    ) -> None:
        path = home / "projects.toml"
        path.write_text(self.TEXT)
        assert "`hunnan-tui amounts`" in run("check").out
        ran = run("amounts", "-n")
        assert "a: Investment: '约3.2亿' -> 320000000" in ran.out
        assert path.read_text() == self.TEXT
        assert run("amounts").code == 0
        added, removed = added_and_removed(self.TEXT, path.read_text())
        assert added == [
            "investment = 85500000000  # as printed",
            'breakdown = [{ label = "x", investment = 39100000000 }]',
            "investment = 320000000  # as printed",
            'investment_qualifier = "about"',
            "investment_usd = 12500000000",
        ]
        assert len(removed) == 4
        assert "nothing to change" in run("amounts").err

    def test_an_edit_starts_from_the_amount_of_a_text(
        self, home: Path, run: Run
    ) -> None:
        path = home / "projects.toml"
        path.write_text(self.TEXT)
        assert run("set", "a", "investment=5亿").code == 0
        assert project(path, "a")["investment"] == 500_000_000
        assert run("set", "b", "investment=5亿").code == 0
        assert project(path, "b")["investment"] == 500_000_000
        path.write_text(self.TEXT)
        assert "nothing to change" in run("set", "a", "investment=约3.2亿").err
