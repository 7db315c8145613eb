from __future__ import annotations

import errno
import fcntl
import json
import os
import select
import signal
import stat
import subprocess
import sys
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunnan_tui.core.changes import (
    AddNote,
    AddTags,
    Edit,
    RemoveTags,
)
from hunnan_tui.core.model import Note
from hunnan_tui.files.set_aside import take_messages
from hunnan_tui.storage.journal import Journal
from hunnan_tui.storage.recovery import Recovery, recover
from tests.files.broken_disk import DISK_ERRORS, BrokenDisk, KilledError

NOTE = Note("第一行\n\x1b[31m \ud800 end", datetime(2026, 11, 23, 9, 12, tzinfo=UTC))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "state" / "journal"


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    path = tmp_path / "projects.toml"
    path.touch()
    return path


def tag(number: int) -> Edit:
    return Edit(f"p{number}", AddTags((f"t{number}",)))


def journals(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.jsonl")) if folder.exists() else []


def left_by_a_crash(folder: Path, dataset: Path, *edits: Edit) -> Path:
    """A journal whose owner is gone."""
    before = set(journals(folder))
    journal = Journal(folder, dataset)
    journal.add(edits)
    journal.close()
    (made,) = set(journals(folder)) - before
    return made


def recovered_edits(folder: Path, dataset: Path) -> tuple[Edit, ...]:
    recovered = recover(folder, dataset)
    recovered.release()
    return recovered.edits


def test_what_was_open_at_a_crash_comes_back_in_order(
    folder: Path, dataset: Path
) -> None:
    journal = Journal(folder, dataset)
    first = journal.add([tag(1), tag(2)])
    second = journal.add([Edit("p", AddNote(NOTE)), Edit("p", RemoveTags(("x",)))])
    journal.mark_saved([first[1], second[1]])
    journal.close()
    recovered = recover(folder, dataset)
    assert recovered.edits == (tag(1), Edit("p", AddNote(NOTE)))
    assert recovered.problems == ()


def test_old_journals_stay_until_they_are_forgotten(
    folder: Path, dataset: Path
) -> None:
    left_by_a_crash(folder, dataset, tag(1))
    recover(folder, dataset).release()
    recovered = recover(folder, dataset)
    assert recovered.edits == (tag(1),)
    assert recovered_edits(folder, dataset) == ()  # they are ours now
    recovered.forget()
    assert journals(folder) == []
    assert recovered_edits(folder, dataset) == ()


def test_the_journals_of_several_crashes_come_back_oldest_first(
    folder: Path, dataset: Path
) -> None:
    for number in range(4):
        path = left_by_a_crash(folder, dataset, tag(number))
        os.utime(path, ns=(0, (7 - number) * 10**9))
    assert recovered_edits(folder, dataset) == (tag(3), tag(2), tag(1), tag(0))


def test_an_edit_is_on_the_disk_when_add_returns(
    folder: Path, dataset: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = Journal(folder, dataset)
    synced: list[bytes] = []
    real = os.fsync

    def fsync(descriptor: int) -> None:
        real(descriptor)
        synced.append(journals(folder)[0].read_bytes())

    monkeypatch.setattr(os, "fsync", fsync)
    journal.add([tag(1)])
    assert synced[-1] == journals(folder)[0].read_bytes()
    assert b'"t1"' in synced[-1]
    journal.close()


def test_when_nothing_is_open_only_the_header_stays(
    folder: Path, dataset: Path
) -> None:
    journal = Journal(folder, dataset)
    for number in range(50):
        journal.mark_saved(journal.add([tag(number)]))
    (path,) = journals(folder)
    (header,) = path.read_text().splitlines()
    assert json.loads(header)["dataset"] == str(dataset)
    assert recovered_edits(folder, dataset) == ()
    journal.close()
    assert journals(folder) == []


def test_without_edits_no_file_is_made(folder: Path, dataset: Path) -> None:
    journal = Journal(folder, dataset)
    journal.mark_saved([])
    journal.close()
    assert not folder.exists()
    assert recover(folder, dataset) == Recovery()


def test_folder_and_journal_are_private_whatever_the_umask(
    folder: Path, dataset: Path
) -> None:
    folder.mkdir(parents=True, mode=0o755)
    old = os.umask(0)
    try:
        path = left_by_a_crash(folder, dataset, tag(1))
    finally:
        os.umask(old)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_link_and_its_target_are_one_dataset(folder: Path, dataset: Path) -> None:
    link = dataset.with_name("link.toml")
    link.symlink_to(dataset.name)
    left_by_a_crash(folder, link, tag(1))
    assert recovered_edits(folder, dataset) == (tag(1),)
    assert recovered_edits(folder, dataset.with_name("other.toml")) == ()


# --- without a place for it ------------------------------------------------------------


def test_without_a_state_folder_everything_works(dataset: Path) -> None:
    journal = Journal(None, dataset)
    assert "no state folder" in journal.problem
    serials = journal.add([tag(1), tag(2)])
    assert len(set(serials)) == 2
    journal.mark_saved(serials)
    journal.close()
    assert recover(None, dataset) == Recovery()


def test_a_file_where_the_folder_should_be_is_a_problem_and_no_error(
    tmp_path: Path, dataset: Path
) -> None:
    (tmp_path / "state").touch()
    journal = Journal(tmp_path / "state" / "journal", dataset)
    journal.mark_saved(journal.add([tag(1)]))
    assert "cannot be written" in journal.problem
    journal.close()
    assert recovered_edits(tmp_path / "state" / "journal", dataset) == ()


# --- faults ----------------------------------------------------------------------------


@pytest.mark.parametrize("error", DISK_ERRORS, ids=errno.errorcode.get)
def test_whichever_call_fails_the_journal_is_whole_again_with_the_next_edit(
    folder: Path, dataset: Path, error: int
) -> None:
    for at in range(1, 60):
        journal = Journal(folder, dataset)
        with pytest.MonkeyPatch.context() as patch:
            broken = BrokenDisk(patch, at, error)
            done = journal.add([tag(0)])
            journal.add([tag(1)])
            journal.mark_saved(done)
            journal.add([tag(2)])
        journal.add([tag(3)])
        assert journal.problem == ""
        journal.close()
        recovered = recover(folder, dataset)
        assert recovered.edits == (tag(1), tag(2), tag(3))
        assert recovered.problems == ()
        recovered.forget()
        if not broken.was_hit:
            break
    else:
        pytest.fail("more calls than were tried")
    assert at > 8


def test_a_disk_that_is_full_for_good_is_told_until_it_is_not(
    folder: Path, dataset: Path
) -> None:
    journal = Journal(folder, dataset)
    with pytest.MonkeyPatch.context() as patch:
        BrokenDisk(patch, 1, errno.ENOSPC, names=("write",), for_good=True)
        for number in range(3):
            journal.add([tag(number)])
            assert "disk is full" in journal.problem
    journal.close()  # its last try
    assert recovered_edits(folder, dataset) == (tag(0), tag(1), tag(2))


def test_whenever_it_is_killed_every_added_edit_comes_back(
    folder: Path, dataset: Path
) -> None:
    for at in range(1, 60):
        journal = Journal(folder, dataset)
        added: list[Edit] = []
        with pytest.MonkeyPatch.context() as patch:
            broken = BrokenDisk(patch, at)
            with suppress(KilledError):
                for number in range(4):
                    journal.add([tag(number)])
                    added.append(tag(number))
        if journal._file >= 0:
            os.close(journal._file)  # the kernel does
        recovered = recover(folder, dataset)
        assert recovered.problems == ()
        assert list(recovered.edits[: len(added)]) == added
        assert len(recovered.edits) <= len(added) + 1
        recovered.forget()
        assert journals(folder) == []
        if not broken.was_hit:
            break
    else:
        pytest.fail("more calls than were tried")


# --- journals that are damaged ---------------------------------------------------------


def test_a_torn_last_line_is_ignored(folder: Path, dataset: Path) -> None:
    whole = left_by_a_crash(folder, dataset, tag(1), tag(2)).read_bytes()
    (path,) = journals(folder)
    last = whole.rindex(b"\n", 0, -1) + 1
    for end in range(last, len(whole)):
        path.write_bytes(whole[:end])
        recovered = recover(folder, dataset)
        recovered.release()
        assert recovered.edits == (tag(1),)
        assert recovered.problems == ()


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"\0\0\0",
        b"{",
        b"[]",
        b"5",
        b"null",
        b"\xff\xfe",
        b'{"n": 1}',
        b'{"done": 5}',
        b'{"n": 9, "edit": {"key": "a", "kind": "unknown"}}',
        b'{"n": 9, "edit": []}',
        b'{"n": "x", "edit": {"key": "a", "kind": "add-tags", "tags": []}}',
        b"[" * 100_000,
        b'{"n": ' + b"9" * 5000 + b"}",
    ],
    ids=range(14),
)
def test_what_can_be_read_of_a_damaged_journal_comes_back_and_it_is_kept(
    folder: Path, dataset: Path, line: bytes
) -> None:
    path = left_by_a_crash(folder, dataset, tag(1), tag(2))
    lines = path.read_bytes().splitlines()
    damaged = b"\n".join([*lines[:2], line, *lines[2:], b""])
    path.write_bytes(damaged)
    recovered = recover(folder, dataset)
    assert recovered.edits == (tag(1), tag(2))
    (problem,) = recovered.problems
    assert path.read_bytes() == damaged  # until its edits are safe elsewhere
    recovered.forget()
    assert path.with_suffix(".unreadable").read_bytes() == damaged
    assert str(path.with_suffix(".unreadable")) in problem
    assert recover(folder, dataset) == Recovery()


@pytest.mark.parametrize(
    "text", [b"\0" * 4096, b"x", b"not a journal\n", b"\n", b"[]\n"]
)
def test_a_journal_that_is_none_is_kept(
    folder: Path, dataset: Path, text: bytes
) -> None:
    path = left_by_a_crash(folder, dataset, tag(1))
    path.write_bytes(text)
    recovered = recover(folder, dataset)
    assert recovered.edits == ()
    assert len(recovered.problems) == 1
    recovered.forget()
    assert path.with_suffix(".unreadable").read_bytes() == text


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [("journal", 2, "newer version"), ("dataset", "/elsewhere", "another file")],
)
def test_the_journal_of_somebody_else_is_left_alone(
    folder: Path, dataset: Path, key: str, value: object, told: str
) -> None:
    path = left_by_a_crash(folder, dataset, tag(1))
    header, _, rest = path.read_text().partition("\n")
    path.write_text(json.dumps(json.loads(header) | {key: value}) + "\n" + rest)
    recovered = recover(folder, dataset)
    assert recovered.edits == ()
    assert told in recovered.problems[0]
    recovered.forget()
    assert path.exists()


def test_one_bad_journal_does_not_hide_the_others(folder: Path, dataset: Path) -> None:
    left_by_a_crash(folder, dataset, tag(1)).write_bytes(b"\0")
    left_by_a_crash(folder, dataset, tag(2))
    name = journals(folder)[0].name.partition(".")[0]
    (folder / f"{name}.1-link.jsonl").symlink_to("/dev/zero")
    (folder / f"{name}.1-folder.jsonl").mkdir()
    os.mkfifo(folder / f"{name}.1-pipe.jsonl")
    recovered = recover(folder, dataset)
    recovered.release()
    assert recovered.edits == (tag(2),)
    assert len(recovered.problems) == 1
    assert len(take_messages()) == 3
    assert recover(folder, dataset).problems == recovered.problems
    assert take_messages() == ()


def test_a_journal_without_permission_is_told(
    folder: Path, dataset: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left_by_a_crash(folder, dataset, tag(1))
    BrokenDisk(monkeypatch, 1, errno.EACCES, names=("open",))
    recovered = recover(folder, dataset)
    assert recovered.edits == ()
    assert "cannot be read" in recovered.problems[0]


@given(st.binary(max_size=200), st.integers(0, 300), st.integers(0, 50))
def test_no_damage_is_an_error_and_none_is_deleted(
    tmp_path_factory: pytest.TempPathFactory, junk: bytes, start: int, length: int
) -> None:
    folder = tmp_path_factory.mktemp("journal")
    dataset = folder.with_name("projects.toml")
    path = left_by_a_crash(folder, dataset, tag(1), tag(2))
    whole = path.read_bytes()
    text = whole[:start] + junk + whole[start + length :]
    path.write_bytes(text)
    recovered = recover(folder, dataset)
    recovered.forget()
    if recovered.problems:
        left = [each.read_bytes() for each in path.parent.iterdir()]
        assert left == [text]
    else:
        *lines, rest = text.split(b"\n")
        assert all(isinstance(json.loads(line), dict) for line in lines)
        assert rest == b"" or rest.startswith(b"{")


# --- processes -------------------------------------------------------------------------

OWNER = """
import sys, time
from pathlib import Path
from hunnan_tui.core.changes import AddTags, Edit
from hunnan_tui.storage.journal import Journal
journal = Journal(Path(sys.argv[1]), Path(sys.argv[2]))
serials = journal.add([Edit(f"p{n}", AddTags((f"t{n}",))) for n in range(5)])
journal.mark_saved(serials[:2])
print("written", flush=True)
sys.stdin.read()
"""


def test_only_the_dead_are_recovered(folder: Path, dataset: Path) -> None:
    owners = [
        subprocess.Popen(
            [sys.executable, "-c", OWNER, str(folder), str(dataset)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        for _ in range(2)
    ]
    try:
        for owner in owners:
            assert owner.stdout is not None
            assert select.select([owner.stdout], [], [], 60)[0]
            assert owner.stdout.readline() == b"written\n"
        assert recover(folder, dataset) == Recovery()
        assert len(journals(folder)) == 2
        owners[0].send_signal(signal.SIGKILL)
        owners[0].wait()
        recovered = recover(folder, dataset)
        assert recovered.edits == (tag(2), tag(3), tag(4))
        recovered.forget()
        assert len(journals(folder)) == 1
    finally:
        for owner in owners:
            owner.kill()
            owner.communicate()


def test_the_journal_of_a_living_window_is_not_ours(
    folder: Path, dataset: Path
) -> None:
    one, other = Journal(folder, dataset), Journal(folder, dataset)
    one.add([tag(1)])
    other.add([tag(2)])
    assert recover(folder, dataset) == Recovery()
    one.close()
    assert recovered_edits(folder, dataset) == (tag(1),)
    other.close()


@pytest.mark.parametrize("held", [False, True])
def test_a_journal_that_a_starting_process_has_taken_is_made_again(
    folder: Path, dataset: Path, held: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = fcntl.flock
    swept: list[Recovery] = []

    def flock(file: int, how: int) -> None:
        if not swept:
            swept.append(Recovery())
            swept.append(recover(folder, dataset))  # sees it empty, and takes it
            if not held:
                swept[1].forget()
        real(file, how)

    monkeypatch.setattr(fcntl, "flock", flock)
    journal = Journal(folder, dataset)
    journal.add([tag(1)])
    swept[1].forget()
    journal.close()
    assert recovered_edits(folder, dataset) == (tag(1),)


def test_without_locks_a_journal_is_written_and_left_alone(
    folder: Path, dataset: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: int, __: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", refuse)
    path = left_by_a_crash(folder, dataset, tag(1))
    recovered = recover(folder, dataset)
    assert recovered.edits == ()
    assert "cannot be read" in recovered.problems[0]
    assert path.exists()
