"""Works out the styles of the apps of a process once, where Textual does it for each.

A style sheet is parsed once, which of its rules hold for a node is looked up for nodes
that are alike, and the styles of a part of a widget, as the cursor of a list, are made
when they are asked for. What comes out is what Textual makes.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from textual.cache import LRUCache
from textual.css.model import RuleSet
from textual.css.styles import RenderStyles
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode

Variables = frozenset[tuple[str, str]]


@contextmanager
def share_styles() -> Iterator[None]:
    """Let all apps share what their styles have in common."""
    with _share_style_sheets(), _share_rules():
        yield


@contextmanager
def _share_style_sheets() -> Iterator[None]:
    """Parse a style sheet once: it means the same in each app with the same theme."""
    parsed: dict[Variables, Any] = {}
    styles: dict[Variables, Any] = {}
    tokens: dict[Variables, Any] = {}
    make, set_variables = Stylesheet.__init__, Stylesheet.set_variables

    def share(sheet: Any) -> None:
        theme = frozenset(sheet._variables.items())
        sheet._parse_cache = parsed.setdefault(theme, {})
        sheet._style_parse_cache = styles.setdefault(theme, {})
        if theme not in tokens:
            tokens[theme] = sheet._variable_tokens
        sheet._Stylesheet__variable_tokens = tokens[theme]

    def make_and_share(sheet: Stylesheet, **options: Any) -> None:
        make(sheet, **options)
        share(sheet)

    def set_and_share(sheet: Stylesheet, variables: dict[str, str]) -> None:
        # they are cleared, and are not those of others
        sheet._parse_cache = LRUCache(1)
        sheet._style_parse_cache = LRUCache(1)
        set_variables(sheet, variables)
        share(sheet)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "__init__", make_and_share)
        patch.setattr(Stylesheet, "set_variables", set_and_share)
        yield


@contextmanager
def _share_rules() -> Iterator[None]:
    """Look up what rules hold for a node, if they are known of one like it."""
    apply, replace = Stylesheet.apply, Stylesheet.replace_rules
    known: dict[Any, Any] = {}
    found: list[Any] = []

    def look_up(
        sheet: Stylesheet, node: DOMNode, *, animate: bool = False, cache: Any = None
    ) -> None:
        candidates = _find_candidates(sheet, node)
        node._has_hover_style = "hover" in candidates.states
        node._has_focus_within = "focus-within" in candidates.states
        node._has_order_style = not candidates.states.isdisjoint(_ORDER)
        node._has_odd_or_even = not candidates.states.isdisjoint({"odd", "even"})
        key = candidates.describe(node)
        if key in known:
            if (rules := known[key]) is not None:
                replace_what_differs(node, rules, animate=animate)
        else:
            found.append(None)
            apply(sheet, node, animate=animate)
            known[key] = found.pop()
        _forget_parts(sheet, node)

    def replace_what_differs(node: DOMNode, rules: Any, animate: bool = False) -> None:
        if found:
            found[-1] = rules
        if node.styles.base._rules != rules:
            replace(node, rules, animate)
        elif not animate:
            node.notify_style_update()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "apply", look_up)
        patch.setattr(Stylesheet, "replace_rules", staticmethod(replace_what_differs))
        patch.setattr(Stylesheet, "_process_component_classes", lambda *_: None)
        yield


_ORDER = {"first-of-type", "last-of-type", "first-child", "last-child", "empty"}
_candidates: dict[Any, _Candidates] = {}


class _Candidates:
    """The rules of a style sheet that may hold for a node by its type, id and classes."""

    def __init__(self, rules: tuple[RuleSet, ...]) -> None:
        self._rules = rules
        self.states: set[str] = set()
        """The pseudo classes that they ask for."""
        for rule in rules:
            self.states |= rule.pseudo_classes
        self._selectors = [
            selector
            for rule in rules
            for each in rule.selector_set
            for selector in each.selectors
            if selector.pseudo_classes
        ]
        self._asked: dict[Any, list[str]] = {}

    def describe(self, node: DOMNode) -> Any:
        """Return all that it depends on whether the rules hold."""
        path = []
        at: Any = node
        while isinstance(at, DOMNode):
            kind = (type(at), at._id, frozenset(at._classes))
            if (asked := self._asked.get(kind)) is None:
                asked = self._asked[kind] = sorted(self._find_states(at))
            states: Any = at._PSEUDO_CLASSES
            path.append((*kind, *[states[name](at) for name in asked]))
            at = at._parent
        return (self._rules, *path)

    def _find_states(self, node: DOMNode) -> set[str]:
        """Return the pseudo classes that matter for a node of the path."""
        return {
            name
            for selector in self._selectors
            if selector._check(node)
            for name in selector.pseudo_classes
            if name in node._PSEUDO_CLASSES
        }


def _find_candidates(sheet: Any, node: DOMNode) -> _Candidates:
    rules = sheet.rules
    of_sheet = sheet.__dict__.get("candidates")
    if of_sheet is None or of_sheet[0] is not rules:
        of_sheet = sheet.candidates = (rules, {})
    names = frozenset(node._selector_names)
    known: dict[frozenset[str], _Candidates] = of_sheet[1]
    if names not in known:
        by_name = sheet.rules_map
        may_hold = {rule for name in by_name.keys() & names for rule in by_name[name]}
        those = tuple(rule for rule in reversed(rules) if rule in may_hold)
        # by what they are and not by what they say: that is quicker
        key = tuple(map(id, those))
        if key not in _candidates:
            _candidates[key] = _Candidates(those)
        known[names] = _candidates[key]
    return known[names]


class _Parts(dict[str, RenderStyles]):
    """The styles of the parts of a widget, each made when it is asked for."""

    def __init__(self, node: DOMNode, sheet: Stylesheet) -> None:
        super().__init__()
        self._node = node
        self._sheet: Stylesheet | None = sheet

    def __contains__(self, name: object) -> bool:
        return self._sheet is not None and name in self._node._get_component_classes()

    def __missing__(self, name: str) -> RenderStyles:
        if name not in self:
            raise KeyError(name)
        assert self._sheet is not None
        part = DOMNode(classes=name)
        part._attach(self._node)
        self._sheet.apply(part)
        self[name] = part.styles
        return part.styles

    def forget(self) -> bool:
        """Make them anew; return whether one that is in use has changed."""
        used = dict(self)
        super().clear()
        return any(self[name] != styles for name, styles in used.items())

    def clear(self) -> None:
        """Have none any more: the widget is gone."""
        super().clear()
        self._sheet = None


def _forget_parts(sheet: Stylesheet, node: DOMNode) -> None:
    if not node._get_component_classes():
        return
    parts = node._component_styles
    if not isinstance(parts, _Parts):
        node._component_styles = _Parts(node, sheet)
        node.refresh()
    elif parts.forget():
        node.refresh()
