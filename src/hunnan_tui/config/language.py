"""Chooses the language of the interface, and reads its catalogue.

A catalogue is a folder `LANGUAGE/LC_MESSAGES` below `locale`: another language is one
more folder.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from functools import partial

from hunnan_tui.core.language import ENGLISH, set_language
from hunnan_tui.core.names import Names, set_names

TYPE_CHECKING = False  # as in `core.language`
if TYPE_CHECKING:
    from hunnan_tui.config.settings import Settings
    from hunnan_tui.core.language import Catalogue

FOLDER = f"{os.path.dirname(os.path.dirname(__file__))}/locale"  # noqa: PTH120 - start
DOMAIN = "hunnan_tui"
OPTION = "--lang"
_NAMES_OPTION = "--names"
_END = "--"
"""Nothing behind it is an option."""
_NO_LANGUAGE = ("c", "posix")
"""Locales without a language."""
_MOST_SETTINGS = 4_000_000
"""Bytes of the settings that are looked through."""
_CATEGORIES = ("LC_ALL", "LC_MESSAGES", "LANG")

_problems: list[str] = []


def choose_language(
    argv: Sequence[str],
    environ: Mapping[str, str],
    folder: str = FOLDER,
    *,
    has_setting: bool = True,
) -> None:
    """Choose the language of all messages, and which names are shown, from now on.

    The option goes before the setting, and that before the environment. A name that
    there is no catalogue for means English, and is told where somebody wrote it for this
    program.

    Args:
        argv: What was typed after the program's name.
        environ: The environment.
        folder: The folder of the catalogues.
        has_setting: Whether the settings are looked into.
    """
    _problems.clear()
    option, names = _find_option(argv, OPTION), _find_option(argv, _NAMES_OPTION)
    is_complete = option is not None and names is not None
    settings = _read_settings(environ) if has_setting and not is_complete else None
    asked = option if option is not None or settings is None else settings.language
    _choose_names(names or (settings.names if settings is not None else ""))
    if asked:
        found = find_language([asked], folder)
        if found is None:
            named = settings if option is None else None
            _problems.extend(_explain_unknown(asked, named, folder))
    else:
        found = find_language(_list_locales(environ), folder)
    if found is None or found == ENGLISH:
        set_language(ENGLISH)
    else:
        set_language(found, partial(_read_catalogue, found, folder))


def list_languages(folder: str = FOLDER) -> tuple[str, ...]:
    """Return the languages that there are: English, and one for each catalogue."""
    try:
        names = os.listdir(folder)  # noqa: PTH208 - pathlib is not loaded yet
    except OSError:
        names = []
    return (ENGLISH, *sorted(name for name in names if name[:1].isalpha()))


def find_language(asked: list[str], folder: str = FOLDER) -> str | None:
    """Return the first language of some that there is; None if there is none of them.

    Args:
        asked: Names of locales or languages: `zh_CN.UTF-8`, `zh-CN`, `zh`, `C`.
        folder: The folder of the catalogues.
    """
    for name in asked:
        form = name.partition(".")[0].partition("@")[0].replace("-", "_").casefold()
        language = form.partition("_")[0]
        if language == ENGLISH or form in _NO_LANGUAGE:
            return ENGLISH
        names = list_languages(folder)
        for known in names:
            if known.casefold() == form:
                return known
        for known in names:  # Chinese of another place is Chinese
            if known.partition("_")[0] == language:
                return known
    return None


def take_problems() -> tuple[str, ...]:
    """Return what could not be used since the last call: a name, or a catalogue."""
    taken = tuple(_problems)
    _problems.clear()
    return taken


def _find_option(argv: Sequence[str], option: str) -> str | None:
    """Return the value of an option before anything else is parsed."""
    value = None
    for index, word in enumerate(argv):
        if word == _END:
            break
        if word == option and index + 1 < len(argv):
            value = argv[index + 1]
        elif word.startswith(f"{option}="):
            value = word.partition("=")[2]
    return value


def _choose_names(asked: str) -> None:
    """Set which names are shown; what is unknown is told by the parser or the settings."""
    set_names(Names(asked) if asked in tuple(Names) else None)


def _read_settings(environ: Mapping[str, str]) -> Settings | None:
    """Return the settings if they may say anything of this; None if they do not."""
    from hunnan_tui.config.paths import find_paths

    config = find_paths(environ).config
    try:
        with open(f"{config}/config.toml", "rb") as file:  # noqa: PTH123 - as above
            text = file.read(_MOST_SETTINGS)
    except OSError:
        return None  # what reads all settings says why
    if b"language" not in text and b"names" not in text:
        return None
    from hunnan_tui.config.settings import load_settings

    return load_settings(config)


def _list_locales(environ: Mapping[str, str]) -> list[str]:
    """Return the locales that an environment names, as gettext reads it.

    LANGUAGE is a list that goes first, unless the locale is that without a language.
    """
    locale = next(filter(None, map(environ.get, _CATEGORIES)), "")
    if not locale:
        return _ask_windows()
    if locale.partition(".")[0].casefold() in _NO_LANGUAGE:
        return []
    return [*filter(None, environ.get("LANGUAGE", "").split(":")), locale]


def _ask_windows() -> list[str]:
    """Return the language of Windows, whose terminals name none in the environment."""
    if sys.platform != "win32":
        return []
    import ctypes
    from locale import windows_locale

    code = ctypes.windll.kernel32.GetUserDefaultUILanguage()
    return [windows_locale.get(code, "")]


def _read_catalogue(language: str, folder: str) -> Catalogue | None:
    from gettext import GNUTranslations

    path = f"{folder}/{language}/LC_MESSAGES/{DOMAIN}.mo"
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - as above
            return GNUTranslations(file)
    # what a broken file makes gettext raise is of every kind
    except Exception as error:  # noqa: BLE001
        why = error.strerror if isinstance(error, OSError) else "it is damaged"
        _problems.append(f"{path} is not used, and the language is English: {why}")
        return None


def _explain_unknown(asked: str, settings: Settings | None, folder: str) -> list[str]:
    names = list_languages(folder)
    if settings is None:
        return [
            f"{OPTION}: there is no language {asked[:40]!r}; there is {', '.join(names)}"
        ]
    from hunnan_tui.config.settings_problems import check_language

    return [str(problem) for problem in check_language(settings, names)]
