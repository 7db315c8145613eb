from __future__ import annotations

import errno
import fcntl
import os
import re
import socket
import stat
import struct
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from hunnan_tui.core.errors import DataError, HunnanError, SaveError
from hunnan_tui.files import atomic as module
from hunnan_tui.files.atomic import (
    Replacement,
    explain_unwritable,
    replace_file,
    restore_file,
)
from hunnan_tui.files.reading import LARGEST, read_file
from tests.files.broken_disk import (
    DISK_ERRORS,
    READING,
    WRITING,
    BrokenDisk,
    KilledError,
)

OLD = b"".join(b"line %d\n" % number for number in range(2000))
NEW = b"# and a line more\n" + OLD
LINKS = [False, True]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "data" / "projects.toml"
    file.parent.mkdir()
    file.write_bytes(OLD)
    return file


@pytest.fixture
def backups(tmp_path: Path) -> Path:
    return tmp_path / "state" / "backups"


def to_new(text: bytes) -> bytes:
    return b"# and a line more\n" + text


def litter(*folders: Path) -> list[str]:
    keep = ("projects.toml", "linked.toml")
    return [
        each.name
        for folder in folders
        if folder.exists()
        for each in folder.iterdir()
        if each.name not in keep
    ]


def set_up(path: Path, *, linked: bool) -> None:
    """With a hard link the file is written in place."""
    path.write_bytes(OLD)
    if linked:
        path.with_name("linked.toml").unlink(missing_ok=True)
        os.link(path, path.with_name("linked.toml"))


# --- reading ---------------------------------------------------------------------------


def test_a_file_is_read_whole(path: Path) -> None:
    assert read_file(path) == OLD


def problem_of(path: Path, limit: int = LARGEST) -> str:
    with pytest.raises(DataError) as caught:
        read_file(path, limit)
    assert len(caught.value.problems) == 1
    return str(caught.value)


def test_what_is_no_file_is_refused_with_the_cause(tmp_path: Path) -> None:
    assert "no such file" in problem_of(tmp_path / "missing")
    assert "it is a folder" in problem_of(tmp_path)
    assert "it is a device" in problem_of(Path("/dev/zero"))
    assert "no folder" in problem_of(Path("/dev/null/x"))
    assert "too long" in problem_of(tmp_path / ("x" * 5000))
    os.mkfifo(tmp_path / "pipe")
    assert "pipe" in problem_of(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "socket"))
        assert "no regular file" in problem_of(tmp_path / "socket")


def test_links_that_lead_nowhere_are_told_as_such(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    assert "the link leads to b, which is not there" in problem_of(tmp_path / "a")
    (tmp_path / "b").symlink_to("a")
    assert "circle" in problem_of(tmp_path / "a")


def test_a_file_over_the_limit_is_refused_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    huge = tmp_path / "sparse.toml"
    with huge.open("wb") as file:
        file.truncate(2**30)
    broken = BrokenDisk(monkeypatch, 1, errno.EIO, names=("read",))
    assert "too large" in problem_of(huge)
    assert broken.count == 0


def test_a_file_that_hides_its_size_is_read_up_to_the_limit(path: Path) -> None:
    assert "too large" in problem_of(path, len(OLD) - 1)
    assert read_file(path, len(OLD)) == OLD
    # the size of these is said to be 0
    assert read_file(Path("/proc/self/status")).startswith(b"Name:")
    assert "too large" in problem_of(Path("/proc/self/status"), 100)
    assert "disk reports an error" in problem_of(Path("/proc/self/mem"))


def test_a_name_in_a_message_is_cleaned(tmp_path: Path) -> None:
    message = problem_of(tmp_path / "a\x1b[31m\n\u202eb")
    assert "\x1b" not in message
    assert "\n" not in message
    assert "\u202e" not in message
    strange = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff"))
    problem_of(strange).encode()


def test_a_file_without_permission_is_told(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    BrokenDisk(monkeypatch, 1, errno.EACCES, names=("open",))
    assert "cannot be read: permission denied" in problem_of(path)


# --- replacing -------------------------------------------------------------------------


def test_a_replacement_says_what_was_there_and_what_is(path: Path) -> None:
    assert replace_file(path, to_new) == Replacement(NEW, OLD)
    assert path.read_bytes() == NEW
    assert litter(path.parent) == []


def test_equal_bytes_are_not_written(path: Path) -> None:
    before = path.stat()
    done = replace_file(path, lambda text: text)
    assert done == Replacement(OLD, OLD)
    assert path.stat() == before


def test_an_empty_text_is_a_text(path: Path) -> None:
    assert replace_file(path, lambda _: b"").text == b""
    assert path.read_bytes() == b""
    replace_file(path, lambda _: b"x")
    assert path.read_bytes() == b"x"


@pytest.mark.parametrize("error", [HunnanError("no"), SaveError("no"), MemoryError()])
def test_what_the_maker_raises_leaves_the_file(path: Path, error: Exception) -> None:
    def make(_: bytes) -> bytes:
        raise error

    with pytest.raises(type(error)):
        replace_file(path, make)
    assert path.read_bytes() == OLD
    assert litter(path.parent) == []


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o644, 0o755, 0o666, 0o2664])
@pytest.mark.parametrize("umask", [0o000, 0o077])
def test_the_mode_stays(path: Path, mode: int, umask: int) -> None:
    path.chmod(mode)
    old = os.umask(umask)
    try:
        replace_file(path, to_new)
    finally:
        os.umask(old)
    assert stat.S_IMODE(path.stat().st_mode) == mode
    assert path.read_bytes() == NEW


def test_the_temporary_file_is_never_more_readable_than_the_file(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.chmod(0o600)
    seen = []
    real = os.fsync

    def fsync(descriptor: int) -> None:
        seen.append(stat.S_IMODE(os.fstat(descriptor).st_mode))
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    replace_file(path, to_new)
    assert seen[0] == 0o600


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_the_owner_stays(path: Path) -> None:
    os.chown(path, 1234, 4321)
    replace_file(path, to_new)
    status = path.stat()
    assert (status.st_uid, status.st_gid) == (1234, 4321)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_a_file_whose_owner_cannot_be_kept_is_written_in_place(
    path: Path, backups: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.chown(path, 1234, 4321)
    inode = path.stat().st_ino
    BrokenDisk(monkeypatch, 1, errno.EPERM, names=("fchown",))
    replace_file(path, to_new, backups=backups)
    status = path.stat()
    assert (status.st_uid, status.st_gid, status.st_ino) == (1234, 4321, inode)
    assert path.read_bytes() == NEW
    assert litter(path.parent, backups) == []


def set_attribute(path: Path, name: str, value: bytes) -> None:
    try:
        os.setxattr(path, name, value)
    except OSError:
        pytest.skip(f"the file system here does not take {name}")


def test_extended_attributes_stay(path: Path) -> None:
    set_attribute(path, "user.comment", "重要".encode())
    replace_file(path, to_new)
    assert os.getxattr(path, "user.comment") == "重要".encode()


def access_list(user: int) -> bytes:
    nobody = 2**32 - 1
    entries = [
        (1, 6, nobody),
        (2, 4, user),
        (4, 4, nobody),
        (16, 4, nobody),
        (32, 0, nobody),
    ]
    return struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *e) for e in entries)


def test_the_access_list_stays(path: Path) -> None:
    set_attribute(path, "system.posix_acl_access", access_list(1234))
    replace_file(path, to_new)
    assert os.getxattr(path, "system.posix_acl_access") == access_list(1234)
    assert path.read_bytes() == NEW


def test_the_default_list_of_the_folder_opens_the_file_to_nobody(path: Path) -> None:
    set_attribute(path.parent, "system.posix_acl_default", access_list(1234))
    path.chmod(0o644)
    replace_file(path, to_new)
    assert "system.posix_acl_access" not in os.listxattr(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o644


def test_attributes_that_cannot_be_copied_are_kept_by_writing_in_place(
    path: Path, backups: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_attribute(path, "user.comment", b"x")
    BrokenDisk(monkeypatch, 1, errno.ENOTSUP, names=("setxattr",))
    replace_file(path, to_new, backups=backups)
    assert os.getxattr(path, "user.comment") == b"x"
    assert path.read_bytes() == NEW


def test_links_stay_links_and_their_target_is_written(
    path: Path, tmp_path: Path
) -> None:
    second = tmp_path / "second.toml"
    second.symlink_to("data/projects.toml")
    first = tmp_path / "first.toml"
    first.symlink_to(second)
    replace_file(first, to_new)
    assert first.is_symlink()
    assert second.is_symlink()
    assert path.read_bytes() == NEW
    assert litter(path.parent) == []


def refusal(path: Path, **options: Any) -> str:
    with pytest.raises(SaveError) as caught:
        replace_file(path, to_new, wait=0.05, **options)
    message = str(caught.value)
    assert message.startswith("Not saved")
    assert "\n" not in message
    return message


def test_links_that_lead_nowhere_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    assert "the link leads to b, which is not there" in refusal(tmp_path / "a")
    assert not (tmp_path / "b").exists()
    (tmp_path / "b").symlink_to("a")
    assert "circle" in refusal(tmp_path / "a")
    assert (tmp_path / "b").is_symlink()


def test_what_is_no_file_is_not_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "pipe" in refusal(tmp_path / "pipe")
    assert "it is a folder" in refusal(tmp_path)
    assert "no such file" in refusal(tmp_path / "gone" / "x")
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)


def test_a_write_protected_file_is_refused_also_to_root(path: Path) -> None:
    path.chmod(0o444)
    assert "write-protected" in refusal(path)
    assert path.read_bytes() == OLD
    assert "write-protected" in explain_unwritable(path)


def test_a_long_name_has_room_for_a_temporary_one(tmp_path: Path) -> None:
    path = tmp_path / ("长" * 80 + ".toml")
    path.write_bytes(OLD)
    replace_file(path, to_new)
    assert path.read_bytes() == NEW


def test_strange_names_are_names(tmp_path: Path) -> None:
    for name in (b"a\nb", b"\x1b[31m", b"-rf", b" ", b"\xff\xfe", b"*?[x]", b"%s{0}"):
        path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name))
        path.write_bytes(OLD)
        replace_file(path, to_new)
        assert path.read_bytes() == NEW
    assert len(list(tmp_path.iterdir())) == 7


def test_a_write_that_takes_a_part_is_continued(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.write
    monkeypatch.setattr(os, "write", lambda fd, text: real(fd, bytes(text)[:1000]))
    replace_file(path, to_new)
    assert path.read_bytes() == NEW


def test_a_disk_that_keeps_other_bytes_than_were_written_is_noticed(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.write

    def write(descriptor: int, text: bytes) -> int:
        return real(descriptor, b"\0" * len(text))

    monkeypatch.setattr(os, "write", write)
    assert "disk reports an error" in refusal(path)
    assert path.read_bytes() == OLD
    assert litter(path.parent) == []


def test_the_order_is_file_then_name_then_folder(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What an acknowledged save rests on when the power fails."""
    calls: list[str] = []
    for name in ("fchmod", "fsync", "replace"):
        real = getattr(os, name)

        def call(*args: Any, name: str = name, real: Any = real) -> Any:
            folder = name == "fsync" and stat.S_ISDIR(os.fstat(args[0]).st_mode)
            calls.append("fsync of the folder" if folder else name)
            return real(*args)

        monkeypatch.setattr(os, name, call)
    replace_file(path, to_new)
    assert calls == ["fchmod", "fsync", "replace", "fsync of the folder"]


# --- faults ----------------------------------------------------------------------------


@pytest.mark.parametrize("linked", LINKS)
@pytest.mark.parametrize("error", DISK_ERRORS, ids=errno.errorcode.get)
def test_whichever_call_fails_the_file_is_whole_and_the_outcome_true(
    path: Path, backups: Path, error: int, linked: bool
) -> None:
    for at in range(1, 200):
        set_up(path, linked=linked)
        with pytest.MonkeyPatch.context() as patch:
            broken = BrokenDisk(patch, at, error, names=(*WRITING, *READING))
            message = ""
            try:
                replace_file(path, to_new, backups=backups, wait=0)
            except SaveError as failure:
                message = str(failure)
        assert not message or re.match(r"Not saved: .+", message)
        expected = OLD if message else NEW
        assert path.read_bytes() == expected, at
        replace_file(path, lambda text: text + b"next", backups=backups)
        assert path.read_bytes() == expected + b"next"
        assert litter(path.parent) == []
        assert litter(backups) == []
        if not broken.was_hit:
            break
    else:
        pytest.fail("a save has more calls than were tried")
    assert at > 15


@pytest.mark.parametrize("linked", LINKS)
@pytest.mark.parametrize("name", WRITING)
def test_a_call_that_fails_for_good_leaves_no_third_text(
    path: Path, backups: Path, name: str, linked: bool
) -> None:
    set_up(path, linked=linked)
    with pytest.MonkeyPatch.context() as patch:
        BrokenDisk(patch, 1, errno.ENOSPC, names=(name,), for_good=True)
        message = ""
        try:
            replace_file(path, to_new, backups=backups, wait=0)
        except SaveError as failure:
            message = str(failure)
    assert not message or "disk is full" in message
    assert path.read_bytes() == (OLD if message else NEW)
    replace_file(path, lambda _: NEW, backups=backups)
    assert path.read_bytes() == NEW
    assert litter(path.parent, backups) == []


@pytest.mark.parametrize("linked", LINKS)
def test_whenever_it_is_killed_the_next_save_finds_a_whole_file(
    path: Path, backups: Path, linked: bool
) -> None:
    torn = 0
    for at in range(1, 100):
        set_up(path, linked=linked)
        with pytest.MonkeyPatch.context() as patch:
            broken = BrokenDisk(patch, at)
            with suppress(KilledError):
                replace_file(path, to_new, backups=backups)
        torn += path.read_bytes() not in (OLD, NEW)
        restore_file(path, backups)
        assert path.read_bytes() in (OLD, NEW)
        replace_file(path, lambda text: text + b"next", backups=backups)
        assert path.read_bytes() in (OLD + b"next", NEW + b"next")
        assert litter(path.parent) == []
        assert litter(backups) == []
        if not broken.was_hit:
            break
    else:
        pytest.fail("a save has more calls than were tried")
    # only a write in place can be cut off in the middle of the file itself
    assert (torn > 0) == linked


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (errno.ENOSPC, "disk is full"),
        (errno.EDQUOT, "quota"),
        (errno.EFBIG, "larger than is allowed"),
        (errno.EIO, "disk reports an error"),
        (errno.EROFS, "read-only"),
        (errno.EMFILE, "too many files"),
        (errno.ENOMEM, "memory"),
        (errno.ESTALE, "network drive"),
        (errno.ENOSYS, "not implemented"),
    ],
)
def test_each_error_says_what_happened(
    path: Path, error: int, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    BrokenDisk(monkeypatch, 1, error, names=("fsync",))
    assert told in refusal(path).lower()


def test_a_folder_that_cannot_be_brought_to_the_disk_is_a_warning(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    BrokenDisk(monkeypatch, 2, errno.EINVAL, names=("fsync",))
    done = replace_file(path, to_new)
    assert "power cut" in done.warning
    assert path.read_bytes() == NEW


@pytest.mark.parametrize("error", [errno.EACCES, errno.EBUSY])
def test_a_replacement_is_tried_again_while_somebody_holds_the_file(
    path: Path, error: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_PAUSES", (0.0, 0.0))
    inode = path.stat().st_ino
    real = os.replace
    tried = []

    def replace(source: Path, target: Path) -> None:
        tried.append(source)
        if len(tried) < 3:
            raise OSError(error, "")
        real(source, target)

    monkeypatch.setattr(os, "replace", replace)
    replace_file(path, to_new)
    assert len(tried) == 3
    assert path.stat().st_ino != inode
    assert path.read_bytes() == NEW


def test_a_file_system_that_replaces_no_open_file_replaces_ours(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a share of a Windows machine."""
    inode = path.stat().st_ino
    real = os.replace

    def replace(source: Path, target: Path) -> None:
        if any(
            Path(target).samefile(each)
            for each in Path("/dev/fd").iterdir()
            if each.exists()
        ):
            raise PermissionError(errno.EACCES, "")
        real(source, target)

    monkeypatch.setattr(os, "replace", replace)
    assert replace_file(path, to_new) == Replacement(NEW, OLD)
    assert path.stat().st_ino != inode
    assert litter(path.parent) == []


def test_the_replaced_file_is_closed_soon(path: Path) -> None:
    before = path.stat().st_ino

    def is_open() -> bool:
        descriptors = Path("/dev/fd").iterdir()
        return any(
            descriptor.exists() and descriptor.stat().st_ino == before
            for descriptor in descriptors
        )

    keep = os.open(path, os.O_RDONLY)  # its number is not given to another file
    replace_file(path, to_new)
    os.close(keep)
    for _ in range(200):
        if not is_open():
            break
        time.sleep(0.01)
    assert not is_open()


@pytest.mark.parametrize("error", [errno.EBUSY, errno.EPERM, errno.EXDEV, errno.EEXIST])
def test_a_file_that_cannot_be_replaced_is_written_in_place(
    path: Path, backups: Path, error: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_PAUSES", (0.0, 0.0))
    inode = path.stat().st_ino
    real = os.replace

    def refuse(source: Path, target: Path) -> None:
        if Path(target) == path:
            raise OSError(error, "")
        real(source, target)

    monkeypatch.setattr(os, "replace", refuse)
    assert replace_file(path, to_new, backups=backups) == Replacement(NEW, OLD)
    assert path.stat().st_ino == inode
    assert path.read_bytes() == NEW
    assert litter(path.parent, backups) == []


def test_a_folder_that_cannot_be_written_does_not_matter(
    path: Path, backups: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inode = path.stat().st_ino
    real = os.open

    def guarded(name: Path, flags: int, mode: int = 0o777) -> int:
        if Path(name).parent == path.parent and flags & os.O_CREAT:
            raise PermissionError(errno.EACCES, "")
        return real(name, flags, mode)

    monkeypatch.setattr(os, "open", guarded)
    replace_file(path, to_new, backups=backups)
    assert path.stat().st_ino == inode
    assert path.read_bytes() == NEW


# --- in place --------------------------------------------------------------------------


@pytest.mark.parametrize("new", [b"", b"short", NEW, OLD[:-1]])
def test_hard_links_stay_linked(path: Path, backups: Path, new: bytes) -> None:
    set_up(path, linked=True)
    replace_file(path, lambda _: new, backups=backups)
    assert path.samefile(path.with_name("linked.toml"))
    assert path.with_name("linked.toml").read_bytes() == new
    assert litter(path.parent, backups) == []


def test_the_backup_is_private_and_there_before_the_first_byte(
    path: Path, backups: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up(path, linked=True)
    seen: list[tuple[Path, bytes]] = []
    real = os.ftruncate

    def ftruncate(descriptor: int, length: int) -> None:
        if os.fstat(descriptor).st_nlink > 1:
            seen.extend((each, each.read_bytes()) for each in backups.iterdir())
            assert all(stat.S_IMODE(each.stat().st_mode) == 0o600 for each, _ in seen)
            assert stat.S_IMODE(backups.stat().st_mode) == 0o700
        real(descriptor, length)

    monkeypatch.setattr(os, "ftruncate", ftruncate)
    replace_file(path, to_new, backups=backups)
    assert {text for _, text in seen} == {OLD, NEW}


def test_without_a_place_for_the_backup_nothing_is_written(
    path: Path, tmp_path: Path
) -> None:
    set_up(path, linked=True)
    (tmp_path / "file").touch()
    assert "no copy of it" in refusal(path, backups=tmp_path / "file")
    assert path.read_bytes() == OLD


def test_without_a_state_folder_a_write_in_place_warns(path: Path) -> None:
    set_up(path, linked=True)
    done = replace_file(path, to_new)
    assert "without a backup" in done.warning
    assert path.read_bytes() == NEW


def test_what_others_wrote_is_not_overwritten_in_place(
    path: Path, backups: Path
) -> None:
    set_up(path, linked=True)
    seen: list[bytes] = []

    def make(text: bytes) -> bytes:
        seen.append(text)
        if len(seen) == 1:
            path.write_bytes(OLD + b"theirs")
        return text + b"ours"

    replace_file(path, make, backups=backups)
    assert path.read_bytes() == OLD + b"theirs" + b"ours"


def test_a_file_that_cannot_even_be_put_back_is_told_with_its_backup(
    path: Path, backups: Path
) -> None:
    set_up(path, linked=True)
    with pytest.MonkeyPatch.context() as patch:
        # 1 and 2 are the backups
        BrokenDisk(patch, 3, errno.EIO, names=("write",), for_good=True)
        message = refusal(path, backups=backups)
    torn = path.read_bytes()
    assert torn not in (OLD, NEW)
    backup = Path(message.rpartition("the old text is in ")[2])
    assert backup.read_bytes() == OLD
    done = replace_file(path, to_new, backups=backups)
    assert done == Replacement(NEW, OLD, "A save that was cut off has been taken back")
    assert litter(path.parent, backups) == []


def cut_off(path: Path, backups: Path) -> None:
    """Leave the file and its backups as a kill in the middle of a write does."""
    set_up(path, linked=True)
    with pytest.MonkeyPatch.context() as patch:
        # 1 and 2 are the backups; the dead remove nothing
        BrokenDisk(patch, 3, names=("write",))
        patch.setattr(os, "unlink", lambda _: None)
        with pytest.raises(KilledError):
            replace_file(path, to_new, backups=backups)
    assert path.read_bytes() not in (OLD, NEW)


def test_a_cut_off_write_is_taken_back_at_the_next_start(
    path: Path, backups: Path
) -> None:
    cut_off(path, backups)
    assert "taken back" in restore_file(path, backups)
    assert path.read_bytes() == OLD
    assert restore_file(path, backups) == ""
    assert litter(backups) == []


def test_a_cut_off_write_is_taken_back_though_its_number_lives_again(
    path: Path, backups: Path
) -> None:
    cut_off(path, backups)
    for each in list(backups.iterdir()):
        # after a restart another process may have the number of the dead one
        name = each.name.replace(f".{os.getpid()}-", f".{os.getppid()}-")
        each.rename(backups / name)
    assert "taken back" in restore_file(path, backups)
    assert path.read_bytes() == OLD


def test_without_a_lock_the_write_of_a_living_process_is_left_alone(
    path: Path, backups: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut_off(path, backups)

    def refuse(_: int, __: int) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(fcntl, "flock", refuse)
    torn = path.read_bytes()
    assert restore_file(path, backups) == ""
    assert path.read_bytes() == torn


@pytest.mark.parametrize("mended", [b"mended\n", OLD[:-1] + b"?\n", NEW + b"more\n"])
def test_a_file_that_was_mended_by_hand_stays_as_it_is(
    path: Path, backups: Path, mended: bytes
) -> None:
    cut_off(path, backups)
    path.write_bytes(mended)
    message = restore_file(path, backups)
    assert path.read_bytes() == mended
    kept = Path(message.rpartition("is kept in ")[2])
    assert kept.read_bytes() == OLD
    assert restore_file(path, backups) == ""


def test_a_text_that_cannot_be_put_back_now_is_told_and_kept(
    path: Path, backups: Path
) -> None:
    cut_off(path, backups)
    with pytest.MonkeyPatch.context() as patch:
        BrokenDisk(patch, 1, errno.EIO, names=("write",), for_good=True)
        assert "could not be written back" in restore_file(path, backups)
    assert "taken back" in restore_file(path, backups)
    assert path.read_bytes() == OLD


def test_a_start_without_backups_takes_no_lock(
    path: Path, backups: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: int, __: int) -> None:
        pytest.fail("locked")

    monkeypatch.setattr(fcntl, "flock", refuse)
    assert restore_file(path, backups) == ""
    assert restore_file(path, None) == ""
    assert restore_file(path.with_name("missing"), backups) == ""


# --- others that write -----------------------------------------------------------------


def rewrite_in_place(path: Path) -> None:
    path.write_bytes(b"theirs\n" + OLD)


def rewrite_by_rename(path: Path) -> None:
    other = path.with_name("other~")
    other.write_bytes(b"theirs\n" + OLD)
    other.replace(path)


def rewrite_after_removal(path: Path) -> None:
    path.unlink()
    path.write_bytes(b"theirs\n" + OLD)


def rewrite_through_a_link(path: Path) -> None:
    path.replace(path.with_name("linked.toml"))
    path.with_name("linked.toml").write_bytes(b"theirs\n" + OLD)
    path.symlink_to("linked.toml")


@pytest.mark.parametrize(
    "rewrite",
    [
        rewrite_in_place,
        rewrite_by_rename,
        rewrite_after_removal,
        rewrite_through_a_link,
    ],
)
def test_what_others_wrote_meanwhile_is_kept(path: Path, rewrite: Any) -> None:
    calls: list[bytes] = []

    def make(text: bytes) -> bytes:
        calls.append(text)
        if len(calls) == 1:
            rewrite(path)
        return text + b"ours\n"

    done = replace_file(path, make)
    assert path.read_bytes() == done.text == b"theirs\n" + OLD + b"ours\n"
    assert litter(path.parent) == []


def test_a_file_put_there_meanwhile_keeps_its_own_mode(path: Path) -> None:
    calls: list[bytes] = []

    def make(text: bytes) -> bytes:
        calls.append(text)
        if len(calls) == 1:
            other = path.with_name("other~")
            other.write_bytes(OLD)
            other.chmod(0o600)
            other.replace(path)
        return text + b"ours\n"

    replace_file(path, make)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(calls) == 2


def test_a_file_that_becomes_a_link_before_it_is_read_is_followed(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = path.with_name("linked.toml")
    real = os.listdir

    def listdir(folder: Path) -> list[str]:
        if not target.exists():
            path.replace(target)
            path.symlink_to(target.name)
        return real(folder)

    monkeypatch.setattr(os, "listdir", listdir)
    replace_file(path, to_new)
    assert path.is_symlink()
    assert target.read_bytes() == NEW


def test_a_change_that_no_time_stamp_shows_is_noticed(path: Path) -> None:
    calls: list[bytes] = []

    def make(text: bytes) -> bytes:
        calls.append(text)
        if len(calls) == 1:
            status = path.stat()
            path.write_bytes(OLD.upper())
            os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
        return text + b"ours\n"

    replace_file(path, make)
    assert path.read_bytes() == OLD.upper() + b"ours\n"


def test_one_who_never_stops_writing_is_told(path: Path) -> None:
    calls: list[bytes] = []

    def make(text: bytes) -> bytes:
        calls.append(text)
        path.write_bytes(text + b"x")
        return text + b"ours"

    assert "keeps writing" in refusal_of(path, make, tries=3)
    assert len(calls) == 3
    assert path.read_bytes() == OLD + b"xxx"
    assert litter(path.parent) == []


def refusal_of(path: Path, make: Any, **options: Any) -> str:
    with pytest.raises(SaveError) as caught:
        replace_file(path, make, **options)
    return str(caught.value)


def test_a_file_that_vanishes_for_a_moment_is_waited_for(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    aside = path.rename(path.with_name("linked.toml"))
    monkeypatch.setattr(time, "sleep", lambda _: aside.replace(path))
    replace_file(path, to_new)
    assert path.read_bytes() == NEW


def test_a_file_that_has_vanished_is_not_made_anew(path: Path) -> None:
    def make(_: bytes) -> bytes:
        path.unlink()
        return NEW

    assert "no such file" in refusal_of(path, make, wait=0)
    assert list(path.parent.iterdir()) == []


# --- the lock --------------------------------------------------------------------------


def test_a_lock_that_somebody_holds_is_told_and_works_when_free(path: Path) -> None:
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        assert "another hunnan-tui is saving" in refusal(path)
        assert read_file(path) == OLD
    finally:
        os.close(folder)
    replace_file(path, to_new)


@pytest.mark.parametrize("error", [errno.ENOLCK, errno.ENOTSUP, errno.EINVAL])
def test_without_locks_a_save_warns_and_succeeds(
    path: Path, error: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: int, __: int) -> None:
        raise OSError(error, "")

    monkeypatch.setattr(fcntl, "flock", refuse)
    left = path.with_name(".projects.toml.2000000000-00000000.tmp")
    left.touch()
    done = replace_file(path, to_new)
    assert "no locks" in done.warning
    assert path.read_bytes() == NEW
    assert left.exists()  # its owner may be on another machine


def test_a_folder_that_cannot_be_opened_is_not_locked_and_a_save_succeeds(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.open

    def guarded(name: Path, flags: int, mode: int = 0o777) -> int:
        if flags & os.O_DIRECTORY:
            raise PermissionError(errno.EACCES, "")
        return real(name, flags, mode)

    monkeypatch.setattr(os, "open", guarded)
    done = replace_file(path, to_new)
    assert "cannot be locked" in done.warning
    assert "power cut" in done.warning
    assert path.read_bytes() == NEW


def dead_process() -> int:
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_only_what_dead_processes_left_of_this_file_is_removed(path: Path) -> None:
    dead = dead_process()
    gone = [f".projects.toml.{n}-0123abcd.tmp" for n in (dead, os.getpid())]
    stay = [
        f".projects.toml.{os.getppid()}-0123abcd.tmp",
        f".other.toml.{dead}-0123abcd.tmp",
        f".projects.toml.{dead}-0123abcd.tmp~",
        "projects.toml.tmp",
    ]
    for name in (*gone, *stay):
        path.with_name(name).touch()
    replace_file(path, lambda text: text)
    assert sorted(litter(path.parent)) == sorted(stay)


WRITER = """
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from hunnan_tui.files.atomic import replace_file
path, mark = Path(sys.argv[1]), sys.argv[2]
for number in range(25):
    replace_file(path, lambda t: t + f"{mark}{number}\\n".encode(), wait=60, tries=999)
"""


@pytest.mark.parametrize("linked", LINKS)
def test_writers_side_by_side_lose_nothing(path: Path, linked: bool) -> None:
    set_up(path, linked=linked)
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(path), mark])
        for mark in "abcd"
    ]
    while any(writer.poll() is None for writer in writers):
        seen = path.read_bytes()
        assert linked or (seen.startswith(OLD) and seen.endswith(b"\n"))
    assert [writer.returncode for writer in writers] == [0, 0, 0, 0]
    lines = path.read_bytes().removeprefix(OLD).decode().split()
    assert sorted(lines) == sorted(f"{m}{n}" for m in "abcd" for n in range(25))
    for mark in "abcd":
        numbers = [int(line[1:]) for line in lines if line[0] == mark]
        assert numbers == list(range(25))
    assert litter(path.parent) == []


def test_threads_of_one_process_lose_nothing(path: Path) -> None:
    def append(number: int) -> None:
        mark = b"%d\n" % number
        replace_file(path, lambda text: text + mark, wait=60, tries=999)

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(append, range(40)))
    lines = path.read_bytes().removeprefix(OLD).split()
    assert sorted(map(int, lines)) == list(range(40))
    assert litter(path.parent) == []


HANGS = """
import os, signal, sys
from pathlib import Path
from hunnan_tui.files.atomic import replace_file
os.replace = lambda source, target: os.kill(os.getpid(), signal.SIGKILL)
replace_file(Path(sys.argv[1]), lambda text: text + b"lost")
"""


def test_the_lock_and_the_litter_of_a_killed_process_stop_nobody(path: Path) -> None:
    killed = subprocess.run([sys.executable, "-c", HANGS, str(path)], check=False)
    assert killed.returncode < 0
    assert len(litter(path.parent)) == 1
    replace_file(path, to_new, wait=0.5)
    assert path.read_bytes() == NEW
    assert litter(path.parent) == []


# --- asking beforehand -----------------------------------------------------------------


def test_what_can_be_written_says_nothing(path: Path) -> None:
    assert explain_unwritable(path) == ""


def test_why_a_file_cannot_be_written(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "no such file" in explain_unwritable(tmp_path / "missing")
    assert "a folder" in explain_unwritable(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(os, "access", lambda *_: False)
        assert "no permission" in explain_unwritable(path)
        assert "no permission" in refusal(path)
    with monkeypatch.context() as patch:
        flags = os.statvfs_result((1,) * 8 + (os.ST_RDONLY, 255))
        patch.setattr(os, "statvfs", lambda _: flags)
        assert "read-only" in explain_unwritable(path)
        assert "read-only" in refusal(path)
    assert path.read_bytes() == OLD
