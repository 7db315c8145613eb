"""The keys that messages of commands name: they speak of what the app can do."""

from __future__ import annotations

from collections.abc import Mapping

from hunnan_tui.config.settings import Settings
from hunnan_tui.core.keys_in_use import read_keys_later, use_keys


def name_keys_of(settings: Settings) -> None:
    """Have messages name the keys that the settings give to commands."""

    def read() -> Mapping[str, str]:
        from hunnan_tui.tui.keys.user_keys import read_key_names  # all of the app

        return read_key_names(settings)

    if settings.keys:
        read_keys_later(read)
    else:
        use_keys({})
