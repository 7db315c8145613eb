"""Parser of terms that begin with a name: `stage>=signed`, `has:note`, `sort:invest-`."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from hunnan_tui.core.counts import join_names
from hunnan_tui.core.fields import NUMERIC, WORDED, Kind
from hunnan_tui.core.language import _
from hunnan_tui.core.money import Amount, compile_amount_pattern
from hunnan_tui.core.text import fold
from hunnan_tui.query.language import fields
from hunnan_tui.query.language.ast import (
    Compare,
    Has,
    Is,
    Node,
    Pattern,
    Range,
    SortKey,
    Text,
    Value,
    make_or,
    negate,
)
from hunnan_tui.query.language.facets import FACET_GETTERS
from hunnan_tui.query.language.fields import DATE_OF, FIELDS, KEYWORDS
from hunnan_tui.query.language.lexer import Scanner, Token
from hunnan_tui.query.language.values import parse_value

if TYPE_CHECKING:
    from hunnan_tui.core.own_fields import OwnField, OwnFields

_NAME_AND_OPERATOR = re.compile(
    r"(\w+(?:-\w+)*)(?::(?=[!<>=≥≤≠]))?(!=|[>》]=|[<《]=|[≥≤≠=<>:》《])"
)
_LABEL_AND_OPERATOR = re.compile(
    r"(\w+(?:-\w+)*\([^\s()|\"]*\))(?::(?=[!<>=≥≤≠]))?(!=|>=|<=|[≥≤≠=<>:])"
)
"""A label of the user's own with its unit in brackets."""
_ASCII_OPERATORS = {
    "≥": ">=",
    "≤": "<=",
    "≠": "!=",
    "》": ">",
    "《": "<",
    "》=": ">=",
    "《=": "<=",
}
"""Also what the keys `>` and `<` give with a Chinese input method on."""


@dataclass(slots=True)
class ParseContext:
    """What parsing depends on, and the parts of the query that are no filter."""

    today: date
    stages: Collection[str] | None
    """The stages; with their names if it is a mapping of `Stage`."""
    currency: str
    find_own_fields: Callable[[], OwnFields] | None = None
    """Returns the fields of the user's own; called for names that are not known."""
    sort: list[SortKey] = field(default_factory=list)
    group: str = ""
    show: list[str] = field(default_factory=list)

    def find_own(self, typed: str) -> OwnField | None:
        """Return the field of the user's own that a name means; None if none does."""
        return self.find_own_fields().find(typed) if self.find_own_fields else None

    def list_own_names(self) -> list[str]:
        """Return what the fields of the user's own can be called."""
        known = self.find_own_fields() if self.find_own_fields else ()
        return [name for own in known for name in (own.id, *own.field.aliases)]

    def find_field(self, typed: str) -> str:
        """Return the field with a spelling; empty if there is none."""
        if name := fields.find_field(typed):
            return name
        own = self.find_own(typed)
        return own.id if own else ""

    def has_groups(self, name: str) -> bool:
        """Return whether a list can be grouped by a field."""
        if name in FACET_GETTERS or self.find_own_fields is None:
            return name in FACET_GETTERS
        own = self.find_own_fields().get(name)
        return own is not None and own.has_groups

    def find_stage(self, typed: str) -> str:
        """Return the stage of the dataset with a name; empty if there is none."""
        wanted = fold(typed)
        for key in self.stages or ():
            if fold(key) == wanted:
                return key
        if isinstance(self.stages, Mapping):
            for key, stage in self.stages.items():
                if wanted in (fold(stage.name), fold(stage.name_zh)):
                    return str(key)
        return ""


def match_name(scanner: Scanner, context: ParseContext) -> re.Match[str] | None:
    """Match a name and an operator at the current position.

    URLs (`https://`) and times (`12:30`) are text.
    """
    match = scanner.match(_NAME_AND_OPERATOR)
    if match is None:
        match = scanner.match(_LABEL_AND_OPERATOR)
        return match if match and context.find_own(match[1]) else None
    if scanner.ascii.startswith("//", match.end()):
        return None
    # a bracket of a title, as in 关于《沈阳》, stands behind no name of a field
    if match[1][0].isdigit() or match[2][0] in "《》":
        is_known = context.find_field(match[1]) or context.find_stage(match[1])
        return match if is_known else None
    return match


def parse_named_term(
    scanner: Scanner, match: re.Match[str], context: ParseContext
) -> Node | None:
    """Parse a term after `match_name`; None if it filters nothing (yet)."""
    name = fields.find_name(match[1])
    scanner.position = match.end()
    if name in KEYWORDS:
        return _parse_keyword(scanner, name, match.start(), context)
    own = None
    if not name and not context.find_stage(match[1]):
        own = context.find_own(match[1])
    kind = own.field.kind if own else FIELDS[name].kind if name in FIELDS else None
    is_number = kind in NUMERIC
    tokens = scanner.take_values(
        compile_amount_pattern(context.currency) if is_number else None
    )
    if own is not None:
        return _parse_comparison(scanner, match, own.id, tokens, context, own)
    if not name:
        name = _find_stage_field(match[1], tokens, context)
    if not name:
        others = (*(context.stages or ()), *context.list_own_names())
        suggestion = fields.find_close_name(match[1], others)
        message = _("There is no field {name}").format(name=match[1])
        if suggestion:
            scanner.add_misspelling(match.start(), match.end(1), message, suggestion)
        else:
            term = scanner.text[match.start() : scanner.position].replace('"', "")
            hint = _('text that is searched goes in quotes: "{term}"').format(term=term)
            scanner.add_error(match.start(), match.end(1), message, hint)
        return None
    return _parse_comparison(scanner, match, name, tokens, context)


def _find_stage_field(name: str, tokens: list[Token], context: ParseContext) -> str:
    """Return the field for the date of the stage that a name means; empty if none."""
    if context.stages is not None:
        stage = context.find_stage(name)
        return f"{DATE_OF}{stage}" if stage else ""
    if fields.find_close_name(name):
        return ""
    try:
        dates = [parse_value(Kind.DATE, token, context.today) for token in tokens]
    except ValueError:
        return ""
    return f"{DATE_OF}{name}" if any(dates) else ""


def _parse_comparison(
    scanner: Scanner,
    match: re.Match[str],
    name: str,
    tokens: list[Token],
    context: ParseContext,
    own: OwnField | None = None,
) -> Node | None:
    kind = own.field.kind if own else fields.get_kind(name)
    op = _ASCII_OPERATORS.get(match[2], match[2])
    start, end = match.start(), scanner.position
    if op not in (":", "=", "!=") and kind in WORDED:
        scanner.add_error(
            *match.span(2),
            _("{name} has no order").format(name=match[1]),
            _("type {name}:").format(name=match[1]),
        )
        return None
    values: list[Value] = []
    for token in tokens:
        try:
            value = parse_checked_value(scanner, kind, token, context, own)
            if isinstance(value, Range) and op not in (":", "=", "!="):
                message = _("A range stands behind {name}:").format(name=match[1])
                raise ValueError(message)  # noqa: TRY301 - one place reports
        except ValueError as error:
            scanner.add_error(token.start, token.end, str(error))
            return None
        if value is not None:
            values.append(value)
    if not values:
        scanner.add_hint(
            start, end, _("{name} is waiting for a value").format(name=match[1])
        )
        return None
    if op == "!=":
        return negate(Compare(name, "=", tuple(values), start, end))
    return Compare(name, op, tuple(values), start, end)


def parse_checked_value(
    scanner: Scanner,
    kind: Kind,
    token: Token,
    context: ParseContext,
    own: OwnField | None = None,
) -> Value | None:
    """Parse a value like `parse_value`; a pattern that is invalid becomes text."""
    units = own.reader.list_units() if own else None
    value = parse_value(kind, token, context.today, context.currency, units)
    if own is not None and _is_in_dollars(value):
        raise ValueError(
            _("{id} is in {currency}, not in $").format(
                id=own.id, currency=context.currency or _("no currency")
            )
        )
    if isinstance(value, Pattern):
        return check_pattern(scanner, value) or Text(value.text)
    return value


def _is_in_dollars(value: Value | None) -> bool:
    ends = (value.low, value.high) if isinstance(value, Range) else (value,)
    return any(isinstance(end, Amount) and end.dollars for end in ends)


def check_pattern(scanner: Scanner, pattern: Pattern) -> Pattern | None:
    """Return a pattern if it is valid; otherwise report why it is read as text."""
    from hunnan_tui.query.text.regex import PatternError

    try:
        _automaton = pattern.automaton
    except PatternError as error:
        message = _("{error}: it is searched as text").format(error=error)
        scanner.add_hint(pattern.start, pattern.end, message)
        return None
    return pattern


def _parse_keyword(
    scanner: Scanner, word: str, start: int, context: ParseContext
) -> Node | None:
    nodes: list[Node] = []
    tokens = scanner.take_values()
    if not tokens:
        scanner.add_hint(
            start,
            scanner.position,
            _("{word}: is waiting for a name").format(word=fields.get_word(word)),
        )
    for token in tokens:
        if word == "is":
            name = fields.find_test(token.text)
        else:
            name = context.find_field(_strip_direction(word, token.text))
        if not name:
            _report_unknown_name(scanner, word, token, context)
        elif word == "is":
            nodes.append(Is(name, context.today, start, token.end))
        elif word in ("has", "no"):
            nodes.append(Has(name, start, token.end))
        elif word == "sort":
            context.sort.append(SortKey(name, "-" in (token.text[0], token.text[-1])))
        elif word == "group" and context.has_groups(name):
            if context.group not in ("", name):
                unused = _("Groups are of one field: {group} is not used").format(
                    group=fields.get_word(context.group)
                )
                scanner.add_hint(token.start, token.end, unused)
            context.group = name
        elif word == "group":
            scanner.add_hint(
                token.start,
                token.end,
                _("Groups are of {fields}").format(
                    fields=join_names(map(fields.get_word, FACET_GETTERS))
                ),
            )
        else:
            context.show.append(name)
    return _combine(word, nodes)


def _strip_direction(word: str, text: str) -> str:
    """Return the name in a term of `sort:` without the sign of its direction."""
    return text.strip("+-") if word == "sort" else text


def _report_unknown_name(
    scanner: Scanner, word: str, token: Token, context: ParseContext
) -> None:
    names: Collection[str] = fields.TEST_SPELLINGS
    if word != "is":
        names = (*fields.SPELLINGS, *context.list_own_names())
    bare = _strip_direction(word, token.text)
    if fields.is_prefix_of_any(bare, names):
        scanner.add_hint(
            token.start,
            token.end,
            _("{word}: is waiting for a whole name").format(word=fields.get_word(word)),
        )
        return
    what = _("test") if word == "is" else _("field")
    suggestion = fields.find_close_match(bare, names)
    scanner.add_misspelling(
        token.start,
        token.end,
        _("There is no {what} {bare}").format(what=what, bare=bare),
        suggestion,
    )


def _combine(word: str, nodes: list[Node]) -> Node | None:
    if word == "no":
        nodes = [negate(node) for node in nodes]
    return make_or(nodes) if nodes else None
