"""The commands of the main screen, each declared once, in the order of footer and help.

Bindings, footer, help, palette, type-ahead and any table of the keys read this. It imports
no Textual, so that the command line can read it too.
"""

# no annotations from __future__: a named tuple would compile each of them at the start
from typing import Final, NamedTuple

from hunnan_tui.core.language import N_
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
        N_("Export"),
        N_("Write the projects shown, or a briefing on them, to a file"),
    ),
    BrowserCommand(
        "file.import",
        "I",
        N_("Import a table…"),
        N_("Bring a workbook, CSV or JSON into this file, or make a new one"),
        key_display="I",
        is_local=True,
    ),
    BrowserCommand(
        "compare.projects",
        "c",
        N_("Compare the marked"),
        N_("Two to four marked projects side by side"),
    ),
    BrowserCommand(
        "health.open",
        "H",
        N_("Data health"),
        N_("What is not stated, how old the news is, which sources are weak"),
    ),
    BrowserCommand(
        "difference.open",
        "D",
        N_("Compare with another file…"),
        N_("What is new, gone or changed since it, or in it"),
        is_local=True,
    ),
    BrowserCommand(
        "pipeline.open",
        "p",
        N_("Pipeline and coverage"),
        N_("What is published, and what itemised; how far projects are"),
        key_display="p",
    ),
    BrowserCommand(
        "matrix.open",
        "m",
        N_("Industries by stage"),
        N_("Projects, or their amounts, by industry and stage"),
        key_display="m",
    ),
    BrowserCommand(
        "board.open",
        "b",
        N_("Board by stage"),
        N_("The projects as cards, a column for each stage"),
        key_display="b",
    ),
    BrowserCommand(
        "timeline.open",
        "W",
        N_("Timeline"),
        N_("What happened when, the latest first"),
        key_display="W",
    ),
    BrowserCommand(
        "detail.previous-tab",
        "left_square_bracket,left_black_lenticular_bracket,left_corner_bracket",
        N_("Previous tab of the detail"),
        N_("Facts, sources, notes, history"),
        key_display="[",
    ),
    BrowserCommand(
        "detail.next-tab",
        "right_square_bracket,right_black_lenticular_bracket,right_corner_bracket",
        N_("Next tab of the detail"),
        N_("Facts, sources, notes, history"),
        key_display="]",
    ),
    BrowserCommand(
        "detail.previous",
        "less_than_sign,left_double_angle_bracket,left_angle_bracket",
        N_("Previous project"),
        N_("Without leaving the detail"),
        key_display="<",
    ),
    BrowserCommand(
        "detail.next",
        "greater_than_sign,right_double_angle_bracket,right_angle_bracket",
        N_("Next project"),
        N_("Without leaving the detail"),
        key_display=">",
    ),
    BrowserCommand(
        "sources.show",
        "i",
        N_("Source of the fact"),
        N_("What the fact under the cursor rests on, with the quoted words"),
        key_display="i",
    ),
    BrowserCommand(
        "sources.open",
        "o",
        N_("Open the source"),
        N_("In the browser; the address is shown first"),
        key_display="o",
    ),
    BrowserCommand(
        "share.copy",
        "y",
        N_("Copy…"),
        N_("Name, row, link, citation or the whole card"),
        key_display="y",
    ),
    BrowserCommand(
        "share.cite",
        "Y",
        N_("Copy the citation"),
        N_("Of the fact under the cursor, or of the project"),
        key_display="Y",
    ),
    BrowserCommand(
        "projects.related",
        "R",
        N_("Related projects"),
        N_("With the same party, place, source or announcement"),
        key_display="R",
    ),
    BrowserCommand(
        "list.columns",
        "C",
        N_("Columns"),
        N_("Choose and order the columns behind the name"),
        key_display="C",
    ),
    BrowserCommand(
        "plan.follow-up",
        "a",
        N_("Follow-up"),
        N_("Set the day to come back to the project, or to the marked ones"),
        key_display="a",
    ),
    BrowserCommand(
        "plan.needs",
        "N",
        N_("Needs"),
        N_("What it waits for: energy, labour, transport; open or met"),
        key_display="N",
    ),
    BrowserCommand(
        "plan.met",
        "X",
        N_("Need met"),
        N_("Cross off the open need of the project; of several, one that you choose"),
        key_display="X",
    ),
    BrowserCommand(
        "notes.editor",
        "E",
        N_("All notes in $EDITOR"),
        N_("Write all notes of the project in $VISUAL or $EDITOR"),
        key_display="E",
        is_local=True,
    ),
    BrowserCommand(
        "tags.repeat",
        "full_stop",
        N_("Tag again"),
        N_("Do here what was done to tags last"),
        key_display=".",
    ),
    BrowserCommand(
        "tags.manage",
        "T",
        N_("All tags"),
        N_("Rename, merge or delete a tag everywhere"),
    ),
    BrowserCommand(
        "work.open",
        "M",
        N_("My work"),
        N_("Follow-ups, open needs, drafts, silence, changes by others"),
    ),
    BrowserCommand(
        "changes.open",
        "f3",
        N_("What changed"),
        N_("What others changed since your last visit, and what there was before"),
    ),
    BrowserCommand(
        "app.names",
        "L",
        N_("Names: Chinese, English or both"),
        N_("Of projects, industries and stages; is remembered"),
        key_display="L",
    ),
    BrowserCommand(
        "edit.put-back",
        "B",
        N_("Put back"),
        N_("Put back what you wrote and an older version of the file took away"),
        key_display="B",
        worker_group=PUT_BACK,
        is_exclusive=True,
    ),
    BrowserCommand(
        "filter.open",
        "slash",
        N_("Filter"),
        N_("Type words; only projects that contain all of them are shown"),
        key_display="/",
        in_footer=True,
        takes_over_input=True,
    ),
    BrowserCommand(
        "filter.tag",
        "number_sign",
        N_("Filter by tag"),
        N_("Start a tag in the filter bar"),
        key_display="#",
        takes_over_input=True,
    ),
    BrowserCommand(
        "tags.edit",
        "t",
        N_("Tags"),
        N_("Add or remove tags of the project, or of the marked ones"),
        in_footer=True,
    ),
    BrowserCommand(
        "tags.watch",
        "w",
        N_("Watch"),
        N_("Add or remove the tag “watch”"),
    ),
    BrowserCommand(
        "notes.add",
        "n",
        N_("Note"),
        N_("Write a note on the project; resumes a draft"),
        in_footer=True,
    ),
    BrowserCommand(
        "projects.add",
        "A",
        N_("Add a project"),
        N_("Its name and what is known of it"),
        key_display="A",
    ),
    BrowserCommand(
        "stage.move",
        "P",
        N_("Progress: move to a stage"),
        N_("Stage, day and event at once; of the marked ones too"),
        key_display="P",
    ),
    BrowserCommand(
        "facts.edit",
        "f2",
        N_("Edit a fact"),
        N_("The fact under the cursor of the detail, or one that you choose"),
    ),
    BrowserCommand(
        "notes.edit",
        "e",
        N_("Edit"),
        N_("The fact under the cursor of the detail; elsewhere a note"),
    ),
    BrowserCommand(
        "notes.delete",
        "d,delete",
        N_("Delete note"),
        N_("Delete a note; undo takes it back"),
    ),
    BrowserCommand(
        "edit.undo",
        "u,ctrl+z",
        N_("Undo"),
        N_("Take back the last change"),
        in_footer=True,
    ),
    BrowserCommand(
        "edit.redo",
        "U,ctrl+y",
        N_("Redo"),
        N_("Make the change again that was taken back"),
    ),
    BrowserCommand(
        "pane.industries",
        "1",
        N_("Industries"),
        N_("Go to the industries"),
    ),
    BrowserCommand(
        "pane.projects",
        "2",
        N_("Projects"),
        N_("Go to the project list"),
    ),
    BrowserCommand(
        "pane.detail",
        "3",
        N_("Detail"),
        N_("Go to the detail"),
    ),
    BrowserCommand("pane.left", "h,left", N_("Pane to the left")),
    BrowserCommand("pane.right", "l,right", N_("Pane to the right")),
    BrowserCommand(
        "detail.scroll-down",
        "J",
        N_("Scroll the detail down"),
        N_("Stays in the list"),
    ),
    BrowserCommand(
        "detail.scroll-up",
        "K",
        N_("Scroll the detail up"),
        N_("Stays in the list"),
    ),
    BrowserCommand(
        "pane.zoom",
        "z",
        N_("Zoom the pane"),
        N_("Show this pane alone, or all again"),
    ),
    BrowserCommand(
        "pane.wider",
        "plus",
        N_("Wider pane"),
        N_("Its neighbour gives the room; their border can be dragged too"),
        key_display="+",
    ),
    BrowserCommand(
        "pane.narrower",
        "minus",
        N_("Narrower pane"),
        N_("Its neighbour gets the room"),
        key_display="-",
    ),
    BrowserCommand(
        "pane.usual",
        "equals_sign",
        N_("Usual widths of the panes"),
        N_("As they were before you changed them"),
        key_display="=",
    ),
    BrowserCommand(
        "file.reload",
        "r,f5,ctrl+r",
        N_("Reload"),
        N_("Read the file again"),
        worker_group=POLL,
    ),
    BrowserCommand(
        "file.save",
        "ctrl+s",
        N_("Save now"),
        N_("Save what is open, or try again"),
    ),
    BrowserCommand(
        "view.pick",
        "f",
        N_("Pick a view"),
        N_("Saved filters with their order"),
    ),
    BrowserCommand(
        "view.save",
        "F",
        N_("Save this view"),
        N_("Keep filter, order and choices under a name"),
    ),
    BrowserCommand(
        "list.sort",
        "s",
        N_("Sort by…"),
        N_("The same field again turns the order round"),
    ),
    BrowserCommand(
        "list.reverse",
        "S",
        N_("Reverse the order"),
        N_("What is not stated stays last"),
    ),
    BrowserCommand(
        "filter.clear",
        "0",
        N_("Default view"),
        N_("No filter, all industries"),
    ),
    BrowserCommand(
        "file.add-city",
        "O",
        N_("Add the city's projects"),
        N_("Show the whole city's too, which come with the program"),
        key_display="O",
        is_local=True,
    ),
    BrowserCommand(
        "file.conflicts",
        "f6",
        N_("Conflicts"),
        N_("Decide the conflicts that git left in the file, one by one"),
    ),
    BrowserCommand(
        "file.commit",
        "f7",
        N_("Commit…"),
        N_("Commit this file to git, after showing the message; nothing is sent"),
        is_local=True,
    ),
    BrowserCommand(
        "file.problems",
        "exclamation_mark",
        N_("Problems of the file"),
        N_("What is wrong in the file, line by line"),
        key_display="!",
    ),
    BrowserCommand(
        "app.theme",
        "f8",
        N_("Theme…"),
        N_("Choose the colours; each is shown while the cursor is on it"),
    ),
    BrowserCommand(
        "app.back",
        "escape",
        N_("Back"),
        N_("Close, go back to the page, unmark, clear the filter, step by step"),
    ),
    BrowserCommand(
        "app.palette",
        "colon,ctrl+p",
        N_("Commands"),
        N_("Find and run any command"),
        key_display=":",
        in_footer=True,
        app_action="app.command_palette",
    ),
    BrowserCommand(
        "app.help",
        "question_mark,f1",
        N_("Help"),
        N_("All keys that work here; Enter runs one"),
        key_display="?",
        in_footer=True,
    ),
    BrowserCommand(
        "app.quit",
        "q,ctrl+q",
        N_("Quit"),
        N_("Save and leave"),
        key_display="q",
        in_footer=True,
    ),
)
