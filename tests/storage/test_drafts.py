from __future__ import annotations

import errno
import json
import os
import stat
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunnan_tui.files.set_aside import take_messages
from hunnan_tui.storage.drafts import Draft, Drafts
from tests.files.broken_disk import DISK_ERRORS, BrokenDisk, KilledError

AT = datetime(2026, 11, 23, 9, 12, tzinfo=timezone(timedelta(hours=8)))
NEW = Draft("a", None, "", "half a no")
CHANGED = Draft("a", AT, "the old text", "the old text, and")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "state" / "drafts"


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    return tmp_path / "projects.toml"


def files(folder: Path) -> list[Path]:
    return sorted(each for each in folder.rglob("*") if each.is_file())


def test_a_draft_is_there_after_a_restart(folder: Path, dataset: Path) -> None:
    drafts = Drafts(folder, dataset)
    assert drafts.get("a") is None
    drafts.save(NEW)
    drafts.save(CHANGED)
    drafts.save(Draft("b", None, "", "other"))
    again = Drafts(folder, dataset)
    assert again.get("a") == NEW
    assert again.get("a", AT) == CHANGED
    assert set(again.list_for_project("a")) == {NEW, CHANGED}
    assert len(tuple(again.list_all())) == 3
    assert again.problem == ""


def test_a_draft_is_replaced_by_its_next_text(folder: Path, dataset: Path) -> None:
    drafts = Drafts(folder, dataset)
    for length in range(1, 6):
        drafts.save(Draft("a", None, "", "x" * length))
    assert len(files(folder)) == 1
    again = Drafts(folder, dataset).get("a")
    assert again is not None
    assert again.text == "xxxxx"


@pytest.mark.parametrize("text", ["", "  \n", "the old text"])
def test_a_draft_without_news_is_none(folder: Path, dataset: Path, text: str) -> None:
    drafts = Drafts(folder, dataset)
    drafts.save(CHANGED)
    drafts.save(Draft("a", AT, "the old text", text))
    assert drafts.get("a", AT) is None
    assert files(folder) == []


def test_a_dropped_draft_is_gone(folder: Path, dataset: Path) -> None:
    drafts = Drafts(folder, dataset)
    drafts.save(NEW)
    drafts.save(CHANGED)
    drafts.discard("a")
    drafts.discard("a")
    drafts.discard("never there", AT)
    assert list(Drafts(folder, dataset).list_all()) == [CHANGED]


@pytest.mark.posix
def test_each_dataset_has_its_own(folder: Path, dataset: Path) -> None:
    Drafts(folder, dataset).save(NEW)
    assert Drafts(folder, dataset.with_name("other.toml")).get("a") is None
    dataset.touch()
    link = dataset.with_name("link.toml")
    link.symlink_to(dataset)
    assert Drafts(folder, link).get("a") == NEW


@pytest.mark.posix
def test_drafts_are_private_whatever_the_umask(folder: Path, dataset: Path) -> None:
    old = os.umask(0)
    try:
        Drafts(folder, dataset).save(NEW)
    finally:
        os.umask(old)
    (path,) = files(folder)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@given(
    key=st.text(max_size=20),
    at=st.none() | st.datetimes(timezones=st.just(UTC)),
    text=st.text(st.characters(), min_size=1),
)
def test_any_text_comes_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, key: str, at: datetime | None, text: str
) -> None:
    folder = tmp_path_factory.mktemp("drafts")
    draft = Draft(key, at, "", f"{text}.")
    Drafts(folder, folder).save(draft)
    assert Drafts(folder, folder).get(key, at) == draft


def test_a_lone_surrogate_is_no_error(folder: Path, dataset: Path) -> None:
    draft = Draft("\udcff", None, "", "\ud800 text")
    Drafts(folder, dataset).save(draft)
    assert Drafts(folder, dataset).get("\udcff") == draft


# --- two windows -----------------------------------------------------------------------


def texts(folder: Path, dataset: Path) -> str:
    draft = Drafts(folder, dataset).get("a")
    return draft.text if draft else ""


def test_two_windows_with_a_draft_of_one_note_keep_both(
    folder: Path, dataset: Path
) -> None:
    one, other = Drafts(folder, dataset), Drafts(folder, dataset)
    one.save(Draft("a", None, "", "mine"))
    other.save(Draft("a", None, "", "yours"))
    other.save(Draft("a", None, "", "yours, longer"))
    assert len(files(folder)) == 2
    text = texts(folder, dataset)
    assert sorted(text.split("\n\n")) == ["mine", "yours, longer"]


def test_dropping_a_draft_keeps_that_of_the_other_window(
    folder: Path, dataset: Path
) -> None:
    one, other = Drafts(folder, dataset), Drafts(folder, dataset)
    one.save(Draft("a", None, "", "mine"))
    other.save(Draft("a", None, "", "yours"))
    one.discard("a")
    assert texts(folder, dataset) == "yours"


def test_a_draft_that_another_window_went_on_with_stays(
    folder: Path, dataset: Path
) -> None:
    one = Drafts(folder, dataset)
    one.save(Draft("a", None, "", "mine"))
    other = Drafts(folder, dataset)
    other.save(Draft("a", None, "", "mine, gone on with"))
    assert len(files(folder)) == 1
    one.discard("a")
    assert texts(folder, dataset) == "mine, gone on with"


def test_a_joined_draft_becomes_one_file_again(folder: Path, dataset: Path) -> None:
    Drafts(folder, dataset).save(Draft("a", None, "", "mine"))
    (path,) = files(folder)
    plain = json.loads(path.read_text()) | {"text": "yours"}
    path.with_suffix(".1-x.json").write_text(json.dumps(plain))
    drafts = Drafts(folder, dataset)
    drafts.save(Draft("a", None, "", "one text"))
    assert files(folder) == [path]
    assert texts(folder, dataset) == "one text"
    drafts.discard("a")
    assert files(folder) == []


# --- faults ----------------------------------------------------------------------------


def test_without_a_state_folder_drafts_live_in_memory(dataset: Path) -> None:
    drafts = Drafts(None, dataset)
    assert "no state folder" in drafts.problem
    drafts.save(NEW)
    assert drafts.get("a") == NEW
    drafts.discard("a")
    assert drafts.get("a") is None


@pytest.mark.parametrize("error", DISK_ERRORS, ids=errno.errorcode.get)
@pytest.mark.posix
def test_whichever_call_fails_an_old_or_new_draft_is_there(
    folder: Path, dataset: Path, error: int
) -> None:
    old, new = Draft("a", None, "", "old"), Draft("a", None, "", "new")
    for at in range(1, 40):
        drafts = Drafts(folder, dataset)
        drafts.save(old)
        with pytest.MonkeyPatch.context() as patch:
            broken = BrokenDisk(patch, at, error)
            drafts.save(new)
        assert drafts.get("a") == new
        on_disk = Drafts(folder, dataset)
        assert on_disk.problem == ""
        assert on_disk.get("a") in ((old, new) if drafts.problem else (new,))
        drafts.save(new)
        assert drafts.problem == ""
        assert Drafts(folder, dataset).get("a") == new
        if not broken.was_hit:
            break
    else:
        pytest.fail("more calls than were tried")
    assert at > 5


@pytest.mark.posix
def test_whenever_it_is_killed_an_old_or_new_draft_is_there(
    folder: Path, dataset: Path
) -> None:
    old, new = Draft("a", None, "", "old"), Draft("a", None, "", "new")
    for at in range(1, 40):
        drafts = Drafts(folder, dataset)
        drafts.save(old)
        with pytest.MonkeyPatch.context() as patch:
            broken = BrokenDisk(patch, at)
            with suppress(KilledError):
                drafts.save(new)
        on_disk = Drafts(folder, dataset)
        assert on_disk.get("a") in (old, new)
        assert on_disk.problem == ""
        if not broken.was_hit:
            break
    else:
        pytest.fail("more calls than were tried")


def test_a_draft_that_cannot_be_written_stays_in_memory_and_is_told(
    folder: Path, dataset: Path
) -> None:
    drafts = Drafts(folder, dataset)
    with pytest.MonkeyPatch.context() as patch:
        BrokenDisk(patch, 1, errno.ENOSPC, names=("write",), for_good=True)
        drafts.save(NEW)
        assert "disk is full" in drafts.problem
        assert drafts.get("a") == NEW
    drafts.save(NEW)
    assert drafts.problem == ""


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"\0" * 100,
        b"\xff",
        b"{",
        b"[]",
        b"[" * 100_000,
        b'{"draft": 1, "key": "a", "at": null, "old": "", "text": 5}',
        b'{"draft": 1, "key": "a", "at": "gestern", "old": "", "text": "x"}',
        b'{"draft": 1, "key": "a", "at": null, "old": ""}',
        b'{"draft": [1], "key": "a", "at": null, "old": "", "text": "x"}',
        b'{"draft": 1, "key": "a", "at": 1e999, "old": "", "text": "x"}',
    ],
    ids=range(11),
)
def test_a_broken_draft_is_set_aside_and_told_once(
    folder: Path, dataset: Path, text: bytes
) -> None:
    Drafts(folder, dataset).save(NEW)
    (good,) = files(folder)
    bad = good.with_name("bad.json")
    bad.write_bytes(text)
    drafts = Drafts(folder, dataset)
    assert list(drafts.list_all()) == [NEW]
    (message,) = take_messages()
    assert str(bad) in message
    assert bad.with_name("bad.json.unreadable").read_bytes() == text
    assert list(Drafts(folder, dataset).list_all()) == [NEW]
    assert take_messages() == ()


def test_what_was_set_aside_stays(folder: Path, dataset: Path) -> None:
    Drafts(folder, dataset).save(NEW)
    (good,) = files(folder)
    bad = good.with_name(f"{good.stem}.2000000000-00000000.json")
    bad.write_bytes(b"{half")
    for _ in range(2):
        Drafts(folder, dataset)
    aside = bad.with_name(f"{bad.name}.unreadable")
    assert aside.read_bytes() == b"{half"
    assert len(take_messages()) == 1


def test_a_draft_of_a_newer_version_is_told_and_left_alone(
    folder: Path, dataset: Path
) -> None:
    text = b'{"draft": 2, "key": "a", "at": null, "old": "", "text": "x"}'
    Drafts(folder, dataset).save(NEW)
    (good,) = files(folder)
    newer = good.with_name("newer.json")
    newer.write_bytes(text)
    drafts = Drafts(folder, dataset)
    assert str(newer) in drafts.problem
    assert newer.read_bytes() == text


def test_a_broken_draft_is_not_overwritten(folder: Path, dataset: Path) -> None:
    Drafts(folder, dataset).save(NEW)
    (path,) = files(folder)
    path.write_bytes(b'{"text": "what can be saved by h')
    drafts = Drafts(folder, dataset)
    drafts.save(NEW)
    aside = path.with_name(f"{path.name}.unreadable")
    assert b"what can be saved by h" in aside.read_bytes()
    assert Drafts(folder, dataset).get("a") == NEW


def test_drafts_that_cannot_be_listed_are_told(
    folder: Path, dataset: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Drafts(folder, dataset).save(NEW)
    with monkeypatch.context() as patch:
        BrokenDisk(patch, 1, errno.EACCES, names=("listdir",))
        assert "cannot be read" in Drafts(folder, dataset).problem


@pytest.mark.posix
def test_what_a_killed_process_left_half_written_is_removed(
    folder: Path, dataset: Path
) -> None:
    Drafts(folder, dataset).save(NEW)
    (path,) = files(folder)
    path.with_suffix(".2000000000-0123abcd.tmp").write_bytes(b"hal")
    living = path.with_suffix(f".{os.getppid()}-0123abcd.tmp")
    living.write_bytes(b"hal")
    assert list(Drafts(folder, dataset).list_all()) == [NEW]
    assert files(folder) == sorted([path, living])
