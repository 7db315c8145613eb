"""Exhausted resources (memory, files, threads) and environment variables without meaning."""

from __future__ import annotations

import errno
from collections.abc import Iterator, MutableMapping

from hunnan_tui.core.language import N_, _
from hunnan_tui.files.io import explain

MEMORY = N_("the memory is used up or limited: close something, or raise the limit")
_THREADS = N_(
    "no more threads can be started: close something, or raise the limits of memory and "
    "processes"
)
_NO_MORE = {
    errno.ENOMEM,
    errno.EMFILE,
    errno.ENFILE,
    errno.EAGAIN,
    errno.EFBIG,
    errno.ENOSPC,
    errno.EDQUOT,
}
_OUT_OF_MEMORY = (SystemError, SyntaxError)
_LARGEST = {"COLUMNS": 2_000, "LINES": 1_000}
"""More cells than any terminal has, and no more than can be drawn."""


def iterate_causes(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an error and what led to it, the latest first."""
    visited: set[int] = set()
    while error is not None and id(error) not in visited:
        visited.add(id(error))
        yield error
        # a failed worker carries what failed in it
        inner = getattr(error, "error", None)
        if not isinstance(inner, BaseException):
            inner = error.__cause__ or error.__context__
        error = inner


def explain_limit(error: BaseException) -> str:
    """Return which exhausted resource caused an error; empty if none did."""
    errors = list(iterate_causes(error))
    for cause in errors:
        if isinstance(cause, MemoryError):
            return _(MEMORY)
        if isinstance(cause, RuntimeError) and "start new thread" in str(cause):
            return _(_THREADS)
    for cause in errors:
        if isinstance(cause, ImportError) and _is_of_system(str(cause)):
            return _(MEMORY)
        if isinstance(cause, OSError) and cause.errno in _NO_MORE:
            return explain(cause)
    # what the interpreter raises when it has no memory to go on, or to compile a module
    if any(isinstance(cause, _OUT_OF_MEMORY) for cause in errors) and _is_limited():
        return _(MEMORY)
    return ""


def _is_of_system(message: str) -> bool:
    """Return whether a library is there and could not be loaded."""
    phrases = ("map segment", "allocate memory", "cannot open shared object")
    return any(phrase in message for phrase in phrases)


def _is_limited() -> bool:
    try:
        import resource
    except ImportError:
        return False
    limits = (resource.RLIMIT_AS, resource.RLIMIT_DATA)
    return any(
        resource.getrlimit(limit)[0] != resource.RLIM_INFINITY for limit in limits
    )


def drop_invalid_sizes(environ: MutableMapping[str, str]) -> list[str]:
    """Remove impossible terminal sizes from the environment.

    Returns:
        Messages for the user.
    """
    messages = []
    for name, largest in _LARGEST.items():
        value = environ.get(name, "")
        is_number = value.isascii() and value.isdecimal()
        if not value or (is_number and _fits(value, largest)):
            continue
        del environ[name]
        if is_number and value.strip("0"):
            messages.append(
                _("{name}={value} is not used: no terminal is as large").format(
                    name=name, value=value[:20]
                )
            )
    return messages


def _fits(value: str, largest: int) -> bool:
    # Python converts no text of thousands of digits
    return len(value) <= len(str(largest)) and 0 < int(value) <= largest


def explain_missing_local_time(environ: MutableMapping[str, str]) -> str:
    """Return why there is no local time, and a remedy; usually an empty text."""
    if not environ.get("TZ"):
        return ""
    from datetime import datetime  # not needed else by who only reads

    now = datetime.now()  # noqa: DTZ005 - the zone is what is looked at
    days = (now, now.replace(month=1, day=1), now.replace(month=7, day=1))
    try:
        offsets = [day.astimezone().utcoffset() for day in days]
    except (ValueError, OverflowError, OSError):
        offsets = [None]
    # TOML has no offsets with seconds
    if all(
        offset is not None and offset.total_seconds() % 60 == 0 for offset in offsets
    ):
        return ""
    return _("TZ names no time zone: set it to one, such as Asia/Shanghai, or unset it")
