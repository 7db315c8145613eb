"""Which of the messages at the edge of the screen a newer one takes away."""

from __future__ import annotations

import re

from textual.notifications import Notification

_KIND = re.compile(r".*?(: |：)", re.DOTALL)
"""How news of a kind begins, in any language."""
ANSWER_SECONDS = 5
"""How long the answer to a key is shown; news is shown longer."""


def is_replaced(old: Notification, new: Notification) -> bool:
    """Return whether a newer message takes the place of an older one.

    Only the last answer to a key is of interest, and the one before often contradicts
    it: "Taken back" and "Made again". News stays until there is other news of its kind;
    warnings and errors stay, as they must be read, but are not said twice.
    """
    if old.message == new.message:
        return True
    if not old.severity == new.severity == "information":
        return False
    kind = _KIND.match(old.message)
    is_same_kind = kind is not None and new.message.startswith(kind[0])
    return old.timeout <= ANSWER_SECONDS or is_same_kind
