"""Says what is wrong in the settings file, and where; loaded only when something is."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from difflib import get_close_matches
from pathlib import Path

import tomli

from hunnan_tui.config.settings import (
    KEYS,
    LARGEST,
    LONGEST,
    Mistake,
    Settings,
    ValuePath,
)
from hunnan_tui.core.errors import Level, Problem
from hunnan_tui.core.language import _
from hunnan_tui.core.text import display_line, display_path
from hunnan_tui.dataset.decode_errors import (
    explain_not_toml,
    explain_not_utf8,
    explain_too_deep,
)
from hunnan_tui.dataset.toml.locations import find_line_columns, locate
from hunnan_tui.files.io import explain, read_regular

_MOST = 50
"""Problems that are told of one file."""
_SHOWN = 3
"""Problems that one message of the app names."""


def explain_unknown_key(
    key: str, value: object, keys: Sequence[str], path: ValuePath
) -> Mistake:
    """Return the mistake of a key that nothing reads.

    Args:
        key: The key.
        value: Its value.
        keys: The keys that its table can have.
        path: The path of that table.
    """
    near = _find_near(key, keys)
    if path and key in KEYS:  # TOML gives it to the table above
        hint = _("put it above the first [[...]]")
    elif near:
        hint = _suggest(near, keys)
    elif isinstance(value, dict) and not value.keys().isdisjoint(KEYS):
        hint = _("settings stand above all headers")
    else:
        hint = _suggest("", keys)
    return Mistake(
        (*path, key), _("unknown key {key!r}").format(key=key[:LONGEST]), hint
    )


def explain_placeholders(
    words: Collection[str], known: Sequence[str], path: ValuePath
) -> Iterator[Mistake]:
    """Yield the mistakes of a template's words in braces that are almost a placeholder."""
    for word in sorted(words):
        if near := _find_near(word, known):
            message = _("{{{word}}} is not filled in").format(word=word[:LONGEST])
            yield Mistake(
                path, message, _("did you mean {{{near}}}?").format(near=near)
            )


def locate_mistakes(
    mistakes: Sequence[Mistake], text: bytes, path: Path
) -> tuple[Problem, ...]:
    """Return mistakes as problems with lines and columns, in the order of the file."""
    told = mistakes[:_MOST]
    offsets = [offset or 0 for offset in locate(text, (each.path for each in told))]
    ordered = sorted(zip(offsets, told, strict=True), key=lambda each: each[0])
    places = find_line_columns(text, (offset for offset, _ in ordered))
    file = display_path(path)
    problems = [
        Problem(
            Level.WARNING,
            display_line(mistake.message),
            display_line(mistake.hint),
            file,
            *place,
        )
        for (_, mistake), place in zip(ordered, places, strict=True)
    ]
    if more := len(mistakes) - len(told):
        problems.append(
            Problem(Level.WARNING, _("and {more:,} more").format(more=more), "", file)
        )
    return tuple(problems)


def explain_unused(error: Exception, text: bytes, path: Path) -> tuple[Problem, ...]:
    """Return why a file cannot be used at all.

    Args:
        error: What reading or parsing it has raised.
        text: What was read of it.
        path: The file.
    """
    file = display_path(path)
    if isinstance(error, OSError):
        problems: Iterable[Problem] = (Problem(Level.ERROR, explain(error), "", file),)
    elif isinstance(error, UnicodeDecodeError):
        problems = (explain_not_utf8(error, text, file),)
    elif isinstance(error, tomli.TOMLDecodeError):
        problems = explain_not_toml(error, text, file)
    elif isinstance(error, RecursionError):
        problems = (explain_too_deep(text, file),)
    else:  # too many digits, for example
        problems = (Problem(Level.ERROR, str(error), "", file),)
    return tuple(
        problem._replace(
            message=_("the file is not used: {message}").format(message=problem.message)
        )
        for problem in problems
    )


def check_theme(settings: Settings, themes: Collection[str]) -> tuple[Problem, ...]:
    """Return the problem of a theme that is none of those that there are, if it is so."""
    if not settings.theme or settings.theme in themes:
        return ()
    return _explain_name(settings, "theme", settings.theme, sorted(themes))


def check_language(settings: Settings, languages: Sequence[str]) -> tuple[Problem, ...]:
    """Return the problem of a language that is none of those that there are."""
    return _explain_name(settings, "language", settings.language, languages)


def _explain_name(
    settings: Settings, key: str, typed: str, names: Sequence[str]
) -> tuple[Problem, ...]:
    """Return the problem of a setting that names what there is not."""
    hint = _suggest(_find_near(typed, names), names)
    mistake = Mistake(
        (key,),
        _("there is no {key} {typed!r}").format(key=key, typed=typed[:LONGEST]),
        hint,
    )
    return locate_in_file(settings, [mistake])


def locate_in_file(
    settings: Settings, mistakes: Sequence[Mistake]
) -> tuple[Problem, ...]:
    """Return mistakes that were found later as problems, in the order of the file."""
    if settings.path is None or not mistakes:
        return ()
    text = b""
    with suppress(OSError):  # it was there a moment ago
        text = read_regular(settings.path, LARGEST)
    return locate_mistakes(mistakes, text, settings.path)


def check_queries(
    settings: Settings, explain_query: Callable[[str], str]
) -> tuple[Problem, ...]:
    """Return the problems of saved views whose query cannot be used.

    Args:
        settings: The settings.
        explain_query: Returns why a query makes no sense; empty if it does.
    """
    if not settings.views or settings.path is None:
        return ()
    try:
        text = read_regular(settings.path, LARGEST)
        views = tomli.loads(text.decode("utf-8-sig"))["views"]
    except (OSError, ValueError, LookupError, RecursionError):
        return ()  # it has just been replaced
    mistakes = []
    for number, view in enumerate(views):
        query = view.get("query") if isinstance(view, dict) else None
        why = explain_query(query) if isinstance(query, str) else ""
        if why:
            message = _("the query of this view makes no sense")
            mistakes.append(Mistake(("views", number, "query"), message, why))
    return locate_mistakes(mistakes, text, settings.path)


def summarize_problems(problems: Sequence[Problem]) -> str:
    """Return one message on the problems of a settings file, of which there are some."""
    if len(problems) == 1 or any(each.level is Level.ERROR for each in problems):
        return str(problems[0])  # an error is that nothing of it is used
    lines = [
        _("{file} has {count} problems; the rest is used.").format(
            file=problems[0].file, count=len(problems)
        )
    ]
    for problem in problems[:_SHOWN]:
        hint = f" ({problem.hint})" if problem.hint else ""
        lines.append(
            _("Line {line}: {message}{hint}").format(
                line=problem.line, message=problem.message, hint=hint
            )
        )
    if len(problems) > _SHOWN:
        lines.append(_("`hunnan-tui where` names them all."))
    return "\n".join(lines)


def _suggest(near: str, names: Sequence[str]) -> str:
    """Return what there is, after the name that was probably meant, if any."""
    all_names = ", ".join(names)
    if near:
        return _("did you mean {near}? There is {all_names}").format(
            near=near, all_names=all_names
        )
    return _("there is {all_names}").format(all_names=all_names)


def _find_near(typed: str, names: Sequence[str]) -> str:
    """Return the name that was probably meant; empty if none is close."""
    form = typed[:LONGEST].casefold().replace("-", "_").replace(" ", "_")
    forms = {name.replace("-", "_"): name for name in names}
    near = get_close_matches(form, forms, n=1, cutoff=0.7)
    return forms[near[0]] if near else ""
