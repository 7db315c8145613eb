"""A table on its way into the dataset: what each column becomes, decided here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList, Static

from hunnan_tui.config.paths import expand_path
from hunnan_tui.core.counts import format_count
from hunnan_tui.core.errors import HunnanError, Level, Problem
from hunnan_tui.core.language import N_, _, get_language, pgettext
from hunnan_tui.core.text import display_line
from hunnan_tui.tui.background.import_process import ImportProcess
from hunnan_tui.tui.background.scheduling import CONTENT
from hunnan_tui.tui.dialogs.choose import ChooseDialog
from hunnan_tui.tui.dialogs.confirm import ConfirmDialog
from hunnan_tui.tui.dialogs.path import PathDialog
from hunnan_tui.tui.dialogs.prompt import PromptDialog
from hunnan_tui.tui.pages.base import PageHeader
from hunnan_tui.tui.pages.import_choices import (
    DATE_ORDERS,
    FIELD_CHOICES,
    OWN_TYPES,
    UNITS,
    describe_target,
)
from hunnan_tui.tui.pages.lines import LinesPage
from hunnan_tui.tui.pages.list_page import (
    ListPage,
    PageList,
    PageRow,
    make_blank_row,
    make_heading_row,
)
from hunnan_tui.tui.pages.results import WriteImport
from hunnan_tui.tui.pages.row_text import clean, fit_label, mute
from hunnan_tui.tui.widgets.footer import KeyFooter

_LABEL_WIDTH = 30
_ASK = "?"


class ImportPage(ListPage):
    """Shows what becomes of a table; `enter` decides, and nothing is written before."""

    DEFAULT_CSS = """
    ImportPage #values {
        height: 4;
        padding: 0 1;
        background: $panel;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "w",
            "into",
            N_("Write into the open file"),
            id="import.into",
            tooltip=N_("Bring the table into the open dataset, as one step"),
        ),
        Binding(
            "o",
            "new",
            N_("New file…"),
            id="import.new",
            tooltip=N_("Make a dataset of its own of the table"),
        ),
        Binding(
            "exclamation_mark",
            "problems",
            N_("Problems"),
            key_display="!",
            id="import.problems",
            tooltip=N_("What is wrong in the table, cell by cell"),
        ),
        Binding(
            "d",
            "differences",
            N_("Differences"),
            id="import.differences",
            tooltip=N_("What would change in the open dataset"),
        ),
    ]

    def __init__(self, table: str, data: Path, *, why_only_new: str = "") -> None:
        """Create the page.

        Args:
            table: The path of the table, as it was typed.
            data: The open dataset.
            why_only_new: Why nothing can be written into it; empty if it can.
        """
        super().__init__()
        self._table, self._data = expand_path(table, Path()), data
        self._why_only_new = why_only_new
        self._sheet = ""
        self._decisions: list[tuple[str, str, dict[str, str]]] = []
        self._found: dict[str, Any] = {}
        self._labels: list[str] = []
        """The column of each row; empty for none."""
        self._process = ImportProcess()

    def compose(self) -> ComposeResult:
        yield PageHeader()
        yield PageList(markup=False)
        yield Static(id="values", markup=False)
        yield KeyFooter()

    def on_mount(self) -> None:
        self._read()

    def on_unmount(self) -> None:
        self._process.stop()

    @property
    def _questions(self) -> Sequence[str]:
        questions: list[str] = self._found.get("preview", {}).get("questions", [])
        return questions

    def _make_request(self, **more: str) -> dict[str, Any]:
        return {
            "table": str(self._table),
            "data": "" if self._why_only_new else str(self._data),
            "sheet": self._sheet,
            "language": get_language(),
            "decisions": self._decisions,
            **more,
        }

    async def _run(self, **more: str) -> dict[str, Any] | None:
        """Have the child at work; return None if the page has shown why not."""
        self._show_state(_("reading…"))
        try:
            found = await self._process.run(
                self._make_request(**more), self._show_progress
            )
        except HunnanError as error:
            if more and self._found:  # what is decided stays on the screen
                self._show()
                message = clean(str(error))
                self.notify(message, markup=False, severity="error", timeout=15)
                return None
            self._found = {}
            self.set_header(
                _("Not imported: {name}").format(name=display_line(self._table.name)),
                Content.styled(clean(str(error)), "$text-error"),
                Content(_("esc goes back")),
            )
            self.show_rows(())
            return None
        return found

    def _show_progress(self, count: int) -> None:
        self._show_state(f"{format_count(count, 'project')}…")

    @property
    def _title(self) -> str:
        return _("Import {name}").format(name=display_line(self._table.name))

    def _show_state(self, state: str) -> None:
        self.set_header(self._title, mute(_("{state} esc stops").format(state=state)))

    @work(exclusive=True, group=CONTENT)
    async def _read(self) -> None:
        found = await self._run()
        while found is not None and "sheets" in found:
            options = [(name, Content(clean(name))) for name in found["sheets"]]
            sheet = await self.app.push_screen_wait(
                ChooseDialog(_("Which sheet?"), options)
            )
            if sheet is None:
                self.dismiss(None)
                return
            self._sheet = sheet
            found = await self._run()
        if found is not None:
            self._found = found
            self._show()

    def _show(self) -> None:
        preview = self._found["preview"]
        about = [format_count(preview["projects"], "project")]
        about += filter(None, (preview["sheet"], preview["encoding"]))
        about.append(preview["currency"] or pgettext("import", "no currency"))
        if preview["skipped_count"]:
            rows = format_count(preview["skipped_count"], "row")
            about.append(_("{rows} left out").format(rows=rows))
        if problems := sum(preview["problem_counts"].values()):
            about.append(f"! {format_count(problems, 'problem')}")
        lines = [mute(clean(" · ".join(about)))]
        if self._questions:
            count = format_count(len(self._questions), "question")
            text = _("{questions} to be decided first: Enter").format(questions=count)
            lines.append(Content.styled(text, "$text-warning"))
        else:
            counts = self._found.get("counts", "")
            into = _("into {name}: {counts}").format(
                name=self._data.name, counts=counts
            )
            if self._why_only_new:
                into = _("into a new file only: {why}").format(why=self._why_only_new)
            lines.append(Content(clean(into)))
        if why := self._found.get("why_many"):
            text = _("{why}: another table?").format(why=why)
            lines.append(Content.styled(clean(text), "$text-warning"))
        self.set_header(self._title, *lines)
        made = list(self._make_rows(preview))
        self._labels = [label for label, _row in made]
        self.show_rows(row for _label, row in made)
        self._show_values()

    def _make_rows(self, preview: Mapping[str, Any]) -> Iterator[tuple[str, PageRow]]:
        columns: dict[str, dict[str, str]] = preview["columns"]
        yield "", make_heading_row(_("Column → field"))
        for label, target in columns.items():
            chosen = partial(self._decide_column, label, target)
            text = describe_target(target)
            yield label, _make_row(label, text, chosen, is_open=_ASK in target.values())
        titles = (("stages", _("Stage → id")), ("industries", _("Industry → id")))
        for table, title in titles:
            words: dict[str, str] = preview[table]
            if words:
                yield "", make_blank_row()
                yield "", make_heading_row(title)
                for word, to in words.items():
                    chosen = partial(self._decide_word, table, word, to)
                    yield "", _make_row(word, to, chosen, is_open=to == _ASK)

    @on(OptionList.OptionHighlighted)
    def _show_values(self) -> None:
        """Show values of the column under the cursor, and why it became what it is."""
        index = self._list.highlighted
        label = self._labels[index] if index is not None and self._labels else ""
        lines = []
        if label:
            values = self._found["values"].get(label, [])
            why = self._found["preview"]["columns"][label]["why"].partition(":")[0]
            lines.append(mute(clean(why) or _("as the map says")))
            lines.append(Content(clean(" | ".join(values)) or _("no value")))
        self.query_one("#values", Static).update(Content("\n").join(lines))

    @work(exclusive=True, group=CONTENT)
    async def _decide_column(self, label: str, target: Mapping[str, str]) -> None:
        values = {k: v for k, v in target.items() if k != "why" and v}
        is_open = _ASK in (values.get("unit"), values.get("dates"))
        if not is_open:
            chosen = await self._choose_field(label, values.get("dates", ""))
            if chosen is None:
                return
            values = chosen
        if values.get("unit") == _ASK:
            unit = await self._choose(_("Its unit?"), UNITS)
            if unit is None:
                return
            values["unit"] = unit
        if values.get("dates") == _ASK:
            order = await self._choose(_("The order of its dates?"), DATE_ORDERS)
            if order is None:
                return
            values["dates"] = order
        await self._take("columns", label, values)

    async def _choose_field(self, label: str, order: str) -> dict[str, str] | None:
        """Ask what a column is; return its target, `?` where more is to be asked."""
        to = await self._choose(
            _("What is {label}?").format(label=label), FIELD_CHOICES
        )
        if to is None:
            return None
        name = label.rpartition("/")[2] or label
        if to in OWN_TYPES:
            kind = {} if to == "text" else {"type": to}
            more = {"amount": {"unit": _ASK}, "date": {"dates": order or _ASK}}
            own = name.replace(":", " ").strip()
            return {"to": own, **kind, **more.get(to, {})}
        if to == "investment":
            return {"to": to, "unit": _ASK}
        dates = {"dates": order or _ASK} if to in ("events:", "period") else {}
        return {"to": to + name if to.endswith(":") else to, **dates}

    @work(exclusive=True, group=CONTENT)
    async def _decide_word(self, table: str, word: str, to: str) -> None:
        known = dict.fromkeys(self._found["preview"][table].values())
        options = {each: each for each in known if each != _ASK}
        typed = N_("another id…")
        title = _("{word} is").format(word=word)
        chosen = await self._choose(title, {**options, "": typed})
        if chosen == "":
            first = "" if to == _ASK else to
            chosen = await self.app.push_screen_wait(
                PromptDialog(_("Id of {word}").format(word=word), first)
            )
        if chosen:
            await self._take(table, word, {"to": chosen})

    async def _choose(self, title: str, options: Mapping[str, str]) -> str | None:
        """Ask for one of some words, each shown with what it means."""
        rows = [
            (
                key,
                Content(clean("  ".join(dict.fromkeys(filter(None, (key, _(text))))))),
            )
            for key, text in options.items()
        ]
        return await self.app.push_screen_wait(ChooseDialog(clean(title), rows))

    async def _take(self, table: str, name: str, values: dict[str, str]) -> None:
        """Take a decision, and read the table again with it."""
        self._decisions = [d for d in self._decisions if d[:2] != (table, name)]
        self._decisions.append((table, name, values))
        found = await self._run()
        if found is not None:
            self._found = found
            self._show()

    def action_problems(self) -> None:
        preview = self._found.get("preview", {})
        lines = [
            str(
                Problem(Level(each["level"]), each["message"], each["hint"], each["at"])
            )
            for each in preview.get("problems", [])
        ]
        skipped = _("row {row}: no project: {why}")
        lines += [
            skipped.format(row=each["row"], why=each["why"])
            for each in preview.get("skipped", [])
        ]
        question = _("question: {question}")
        lines += [question.format(question=each) for each in self._questions]
        title = format_count(len(lines), "problem")
        self.app.push_screen(LinesPage(title, lines))

    def action_differences(self) -> None:
        first, *lines = self._found.get("differences") or [_("Nothing differs")]
        self.app.push_screen(LinesPage(first, lines))

    def action_into(self) -> None:
        self._write_into()

    def action_new(self) -> None:
        self._write_new()

    def _can_write(self) -> bool:
        if not self._found:
            return False
        if self._questions:
            message = _("Decide first: {question}")
            message = message.format(question=clean(self._questions[0]))
            self.notify(message, markup=False)
            return False
        return True

    @work(exclusive=True, group=CONTENT)
    async def _write_into(self) -> None:
        if self._why_only_new:
            message = _("Not into this file: {why}").format(why=self._why_only_new)
            self.notify(message, markup=False, severity="warning", timeout=15)
            return
        if not self._can_write():
            return
        if self._found["is_nothing"]:
            self.notify(_("Nothing to do: the dataset has it all"), markup=False)
            return
        question = self._found["counts"]
        if why := self._found["why_many"]:
            text = _("{why}: is it another table? {counts}")
            question = text.format(why=why, counts=question)
        dialog = ConfirmDialog(
            _("Write this into {target}?").format(target=display_line(self._data.name)),
            clean(question),
            yes=_("Write"),
        )
        if not await self.app.push_screen_wait(dialog):
            return
        found = await self._run(write="into")
        if found is None:
            return
        if found["is_nothing"]:
            self.notify(_("Nothing to do: the dataset has it all"), markup=False)
            self.dismiss(None)
            return
        self.dismiss(WriteImport(found["label"], found["edits"], found["warning"]))

    @work(exclusive=True, group=CONTENT)
    async def _write_new(self) -> None:
        if not self._can_write():
            return
        suggested = str(self._table.with_suffix(".toml"))
        dialog = PathDialog(_("New dataset"), suggested, is_new=True)
        typed = await self.app.push_screen_wait(dialog)
        if typed is None:
            return
        target = expand_path(typed, Path())
        found = await self._run(write="new", target=str(target))
        if found is not None:
            count = format_count(found["preview"]["projects"], "project")
            done = _("{target}: {projects}. Open it with: hunnan-tui {target}")
            done = done.format(target=target, projects=count)
            self.notify(display_line(done), markup=False, timeout=20)
            self.dismiss(None)


def _make_row(label: str, text: str, target: Any, *, is_open: bool) -> PageRow:
    style = "$text-warning" if is_open else ""
    return PageRow(
        Content.assemble(fit_label(label, _LABEL_WIDTH), "  ", (clean(text), style)),
        target,
    )
