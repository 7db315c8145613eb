"""The commands of the main screen, each declared once, in the order of footer and help.

Bindings, footer, help, palette, type-ahead and any table of the keys read this. It imports
no Textual, so that the command line can read it too.
"""

# no annotations from __future__: a named tuple would compile each of them at the start
from typing import Final, NamedTuple

from hunnan_tui.core.model import WATCH
from hunnan_tui.tui.background.scheduling import ACTION, POLL, PUT_BACK


class BrowserCommand(NamedTuple):
    """A command that a key of the main screen runs."""

    id: str
    """Public: users bind other keys to it."""
    keys: str
    """Textual's names of the keys, separated by commas."""
    name: str
    help: str = ""
    key_display: str | None = None
    """What help and footer call the key; None: the app's name for it."""
    in_footer: bool = False
    takes_over_input: bool = False
    """Letters that follow in a burst go to the filter bar, whatever has the focus."""
    app_action: str = ""
    """The action of the app that it runs; empty: a group of the screen handles it."""
    worker_group: str = ACTION
    """The group of its worker, if it needs one: decides whether keys wait for it."""
    is_exclusive: bool = False
    """Whether it cancels a run of itself that is not done."""
    is_local: bool = False
    """Whether it needs files or programs of this machine: out of reach of a browser."""


COMMANDS: Final = (
    BrowserCommand(
        "share.export",
        "x",
        "Export",
        "Write the projects shown, or a briefing on them, to a file",
    ),
    BrowserCommand(
        "file.import",
        "I",
        "Import a table…",
        "Bring a workbook, CSV or JSON into this file, or make a new one of it",
        key_display="I",
        is_local=True,
    ),
    BrowserCommand(
        "compare.projects",
        "c",
        "Compare the marked",
        "Two to four marked projects side by side",
    ),
    BrowserCommand(
        "health.open",
        "H",
        "Data health",
        "What is not stated, how old the news is, which sources are weak",
    ),
    BrowserCommand(
        "difference.open",
        "D",
        "Compare with another file…",
        "What is new, gone or changed since an older file, or in a newer one",
        is_local=True,
    ),
    BrowserCommand(
        "pipeline.open",
        "p",
        "Pipeline and coverage",
        "What was published and what is itemised; how far projects are",
        key_display="p",
    ),
    BrowserCommand(
        "matrix.open",
        "m",
        "Industries by stage",
        "How many projects, or how much, at each stage of each industry",
        key_display="m",
    ),
    BrowserCommand(
        "board.open",
        "b",
        "Board by stage",
        "The projects as cards, a column for each stage",
        key_display="b",
    ),
    BrowserCommand(
        "timeline.open",
        "W",
        "Timeline",
        "What happened when, the latest first",
        key_display="W",
    ),
    BrowserCommand(
        "detail.previous-tab",
        "left_square_bracket,left_black_lenticular_bracket,left_corner_bracket",
        "Previous tab of the detail",
        "Facts, sources, notes, history",
        key_display="[",
    ),
    BrowserCommand(
        "detail.next-tab",
        "right_square_bracket,right_black_lenticular_bracket,right_corner_bracket",
        "Next tab of the detail",
        "Facts, sources, notes, history",
        key_display="]",
    ),
    BrowserCommand(
        "detail.previous",
        "less_than_sign,left_double_angle_bracket,left_angle_bracket",
        "Previous project",
        "Without leaving the detail",
        key_display="<",
    ),
    BrowserCommand(
        "detail.next",
        "greater_than_sign,right_double_angle_bracket,right_angle_bracket",
        "Next project",
        "Without leaving the detail",
        key_display=">",
    ),
    BrowserCommand(
        "sources.show",
        "i",
        "Source of the fact",
        "What the fact under the cursor rests on, with the quoted words",
        key_display="i",
    ),
    BrowserCommand(
        "sources.open",
        "o",
        "Open the source",
        "In the browser; the address is shown first",
        key_display="o",
    ),
    BrowserCommand(
        "share.copy",
        "y",
        "Copy…",
        "Name, row, link, citation or the whole card",
        key_display="y",
    ),
    BrowserCommand(
        "share.cite",
        "Y",
        "Copy the citation",
        "Of the fact under the cursor, or of the project",
        key_display="Y",
    ),
    BrowserCommand(
        "projects.related",
        "R",
        "Related projects",
        "With the same party, place, source or announcement",
        key_display="R",
    ),
    BrowserCommand(
        "list.columns",
        "C",
        "Columns",
        "Choose and order the columns behind the name",
        key_display="C",
    ),
    BrowserCommand(
        "plan.follow-up",
        "a",
        "Follow-up",
        "Set the day to come back to the project, or to the marked ones",
        key_display="a",
    ),
    BrowserCommand(
        "plan.needs",
        "N",
        "Needs",
        "What it waits for: energy, labour, transport; open or met",
        key_display="N",
    ),
    BrowserCommand(
        "plan.met",
        "X",
        "Need met",
        "Cross off the open need of the project; of several, one that you choose",
        key_display="X",
    ),
    BrowserCommand(
        "notes.editor",
        "E",
        "All notes in $EDITOR",
        "Write all notes of the project in $VISUAL or $EDITOR",
        key_display="E",
        is_local=True,
    ),
    BrowserCommand(
        "tags.repeat",
        "full_stop",
        "Tag again",
        "Do here what was done to tags last",
        key_display=".",
    ),
    BrowserCommand(
        "tags.manage",
        "T",
        "All tags",
        "Rename, merge or delete a tag everywhere",
    ),
    BrowserCommand(
        "work.open",
        "M",
        "My work",
        "Follow-ups, open needs, drafts, silence, changes by others",
    ),
    BrowserCommand(
        "changes.open",
        "L",
        "What changed",
        "What others have changed since your last visit, with what there was before",
        key_display="L",
    ),
    BrowserCommand(
        "edit.put-back",
        "B",
        "Put back",
        "Put back what you wrote and an older version of the file took away",
        key_display="B",
        worker_group=PUT_BACK,
        is_exclusive=True,
    ),
    BrowserCommand(
        "filter.open",
        "slash",
        "Filter",
        "Type words; only projects that contain all of them are shown",
        key_display="/",
        in_footer=True,
        takes_over_input=True,
    ),
    BrowserCommand(
        "filter.tag",
        "number_sign",
        "Filter by tag",
        "Start a tag in the filter bar",
        key_display="#",
        takes_over_input=True,
    ),
    BrowserCommand(
        "tags.edit",
        "t",
        "Tags",
        "Add or remove tags of the project, or of the marked ones",
        in_footer=True,
    ),
    BrowserCommand(
        "tags.watch",
        "w",
        "Watch",
        f"Add or remove the tag “{WATCH}”",
    ),
    BrowserCommand(
        "notes.add",
        "n",
        "Note",
        "Write a note on the project; resumes a draft",
        in_footer=True,
    ),
    BrowserCommand(
        "projects.add",
        "A",
        "Add a project",
        "Its name and what is known of it",
        key_display="A",
    ),
    BrowserCommand(
        "stage.move",
        "P",
        "Progress: move to a stage",
        "The project, or the marked ones: the stage, its day and an event in one step",
        key_display="P",
    ),
    BrowserCommand(
        "facts.edit",
        "f2",
        "Edit a fact",
        "The fact under the cursor of the detail, or one that you choose",
    ),
    BrowserCommand(
        "notes.edit",
        "e",
        "Edit",
        "The fact under the cursor of the detail; elsewhere a note",
    ),
    BrowserCommand(
        "notes.delete",
        "d,delete",
        "Delete note",
        "Delete a note; u takes it back",
    ),
    BrowserCommand(
        "edit.undo",
        "u,ctrl+z",
        "Undo",
        "Take back the last change",
        in_footer=True,
    ),
    BrowserCommand(
        "edit.redo",
        "U,ctrl+y",
        "Redo",
        "Make the change again that was taken back",
    ),
    BrowserCommand(
        "pane.industries",
        "1",
        "Industries",
        "Go to the industries",
    ),
    BrowserCommand(
        "pane.projects",
        "2",
        "Projects",
        "Go to the project list",
    ),
    BrowserCommand(
        "pane.detail",
        "3",
        "Detail",
        "Go to the detail",
    ),
    BrowserCommand("pane.left", "h,left", "Pane to the left"),
    BrowserCommand("pane.right", "l,right", "Pane to the right"),
    BrowserCommand(
        "detail.scroll-down",
        "J",
        "Scroll the detail down",
        "Stays in the list",
    ),
    BrowserCommand(
        "detail.scroll-up",
        "K",
        "Scroll the detail up",
        "Stays in the list",
    ),
    BrowserCommand(
        "pane.zoom",
        "z",
        "Zoom the pane",
        "Show this pane alone, or all again",
    ),
    BrowserCommand(
        "pane.wider",
        "plus",
        "Wider pane",
        "Its neighbour gives the room; the border between them can be dragged too",
        key_display="+",
    ),
    BrowserCommand(
        "pane.narrower",
        "minus",
        "Narrower pane",
        "Its neighbour gets the room",
        key_display="-",
    ),
    BrowserCommand(
        "pane.usual",
        "equals_sign",
        "Usual widths of the panes",
        "As they were before you changed them",
        key_display="=",
    ),
    BrowserCommand(
        "file.reload",
        "r,f5,ctrl+r",
        "Reload",
        "Read the file again",
        worker_group=POLL,
    ),
    BrowserCommand(
        "file.save",
        "ctrl+s",
        "Save now",
        "Save what is open, or try again",
    ),
    BrowserCommand(
        "view.pick",
        "f",
        "Pick a view",
        "Saved filters with their order",
    ),
    BrowserCommand(
        "view.save",
        "F",
        "Save this view",
        "Keep filter, order and choices under a name",
    ),
    BrowserCommand(
        "list.sort",
        "s",
        "Sort by…",
        "The same field again turns the order round",
    ),
    BrowserCommand(
        "list.reverse",
        "S",
        "Reverse the order",
        "What is not stated stays last",
    ),
    BrowserCommand(
        "filter.clear",
        "0",
        "Default view",
        "No filter, all industries",
    ),
    BrowserCommand(
        "file.add-city",
        "O",
        "Add the city's projects",
        "Show those of the whole city too, which come with the program",
        key_display="O",
        is_local=True,
    ),
    BrowserCommand(
        "file.conflicts",
        "f6",
        "Conflicts",
        "Decide the conflicts that git left in the file, one by one",
    ),
    BrowserCommand(
        "file.commit",
        "f7",
        "Commit…",
        "Commit this file to git, after showing the message; nothing is sent",
        is_local=True,
    ),
    BrowserCommand(
        "file.problems",
        "exclamation_mark",
        "Problems of the file",
        "What is wrong in the file, line by line",
        key_display="!",
    ),
    BrowserCommand(
        "app.theme",
        "f8",
        "Theme…",
        "Choose the colours; each is shown while the cursor is on it",
    ),
    BrowserCommand(
        "app.back",
        "escape",
        "Back",
        "Close, go back to the page, unmark, clear the filter, step by step",
    ),
    BrowserCommand(
        "app.palette",
        "colon,ctrl+p",
        "Commands",
        "Find and run any command",
        key_display=":",
        in_footer=True,
        app_action="app.command_palette",
    ),
    BrowserCommand(
        "app.help",
        "question_mark,f1",
        "Help",
        "All keys that work here; Enter runs one",
        key_display="?",
        in_footer=True,
    ),
    BrowserCommand(
        "app.quit",
        "q,ctrl+q",
        "Quit",
        "Save and leave",
        key_display="q",
        in_footer=True,
    ),
)
