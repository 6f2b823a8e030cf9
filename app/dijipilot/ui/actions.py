"""Every command of the window: text, shortcut, tip and menu in one table."""

from msgspec import Struct
from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QAction, QKeySequence

from dijipilot.ui.translation import QT_TRANSLATE_NOOP

_CONTEXT = "actions"


class ActionEntry(Struct, frozen=True):
    """A command. goes_to: the page it leads to, where that is all it does. starts_group: a line stands above it.

    of_page: the page shown does it, where it can (see Page.commands).
    """

    name: str
    menu: str
    text: str
    shortcut: str = ""
    tip: str = ""
    goes_to: str = ""
    starts_group: bool = False
    of_page: bool = False


MENUS: tuple[tuple[str, str], ...] = (
    ("file", QT_TRANSLATE_NOOP("actions", "&File")),
    ("edit", QT_TRANSLATE_NOOP("actions", "&Edit")),
    ("go", QT_TRANSLATE_NOOP("actions", "&Go")),
    ("view", QT_TRANSLATE_NOOP("actions", "&View")),
    ("help", QT_TRANSLATE_NOOP("actions", "&Help")),
)

ACTIONS: tuple[ActionEntry, ...] = (
    ActionEntry(
        "back_up",
        "file",
        QT_TRANSLATE_NOOP("actions", "&Back up now"),
        tip=QT_TRANSLATE_NOOP("actions", "Make a verified copy of your progress"),
    ),
    ActionEntry(
        "settings",
        "file",
        QT_TRANSLATE_NOOP("actions", "&Settings and data"),
        "Ctrl+,",
        QT_TRANSLATE_NOOP("actions", "Profile, look, business facts, backups"),
        "settings",
    ),
    ActionEntry(
        "activate",
        "file",
        QT_TRANSLATE_NOOP("actions", "Activate a &license…"),
        "Ctrl+Shift+A",
        QT_TRANSLATE_NOOP("actions", "Open more lessons with a code, a mail or a file; see your licenses"),
        "licenses",
    ),
    ActionEntry(
        "print",
        "file",
        QT_TRANSLATE_NOOP("actions", "&Print…"),
        "Ctrl+P",
        QT_TRANSLATE_NOOP("actions", "Show how this page looks on paper, then print it"),
        starts_group=True,
        of_page=True,
    ),
    ActionEntry("quit", "file", QT_TRANSLATE_NOOP("actions", "&Quit"), "Ctrl+Q", starts_group=True),
    ActionEntry(
        "undo",
        "edit",
        QT_TRANSLATE_NOOP("actions", "&Undo"),
        "Ctrl+Z",
        QT_TRANSLATE_NOOP("actions", "Take back the last tick, skip, move or other decision"),
    ),
    ActionEntry("redo", "edit", QT_TRANSLATE_NOOP("actions", "&Redo"), "Ctrl+Shift+Z"),
    ActionEntry(
        "find",
        "edit",
        QT_TRANSLATE_NOOP("actions", "&Find in this page"),
        "Ctrl+F",
        QT_TRANSLATE_NOOP("actions", "Find words in the page shown"),
        starts_group=True,
        of_page=True,
    ),
    ActionEntry(
        "find_next",
        "edit",
        QT_TRANSLATE_NOOP("actions", "Find &next"),
        "F3",
        QT_TRANSLATE_NOOP("actions", "Go to the next place with the words"),
        of_page=True,
    ),
    ActionEntry(
        "find_previous",
        "edit",
        QT_TRANSLATE_NOOP("actions", "Find &previous"),
        "Shift+F3",
        QT_TRANSLATE_NOOP("actions", "Go to the place before with the words"),
        of_page=True,
    ),
    ActionEntry(
        "highlight",
        "edit",
        QT_TRANSLATE_NOOP("actions", "&Highlight"),
        "Ctrl+Shift+H",
        QT_TRANSLATE_NOOP("actions", "Highlight the selected words of a lesson, or remove the highlight"),
        starts_group=True,
        of_page=True,
    ),
    ActionEntry(
        "bookmark",
        "edit",
        QT_TRANSLATE_NOOP("actions", "&Bookmark"),
        "Ctrl+D",
        QT_TRANSLATE_NOOP("actions", "Bookmark this lesson, or remove the bookmark"),
        of_page=True,
    ),
    ActionEntry("back", "go", QT_TRANSLATE_NOOP("actions", "&Back"), "Alt+Left"),
    ActionEntry("forward", "go", QT_TRANSLATE_NOOP("actions", "&Forward"), "Alt+Right"),
    ActionEntry(
        "previous_lesson",
        "go",
        QT_TRANSLATE_NOOP("actions", "&Previous lesson"),
        "Ctrl+PgUp",
        QT_TRANSLATE_NOOP("actions", "To the lesson before this one"),
        starts_group=True,
        of_page=True,
    ),
    ActionEntry(
        "next_lesson",
        "go",
        QT_TRANSLATE_NOOP("actions", "&Next lesson"),
        "Ctrl+PgDown",
        QT_TRANSLATE_NOOP("actions", "To the lesson after this one"),
        of_page=True,
    ),
    ActionEntry("go_home", "go", QT_TRANSLATE_NOOP("actions", "&Home"), "Ctrl+1", goes_to="home", starts_group=True),
    ActionEntry("go_assessment", "go", QT_TRANSLATE_NOOP("actions", "&Assessment"), "Ctrl+2", goes_to="assessment"),
    ActionEntry("go_gaps", "go", QT_TRANSLATE_NOOP("actions", "My &gaps"), "Ctrl+3", goes_to="gaps"),
    ActionEntry("go_roadmap", "go", QT_TRANSLATE_NOOP("actions", "&Roadmap"), "Ctrl+4", goes_to="roadmap"),
    ActionEntry("go_library", "go", QT_TRANSLATE_NOOP("actions", "&Library"), "Ctrl+5", goes_to="library"),
    ActionEntry("go_questions", "go", QT_TRANSLATE_NOOP("actions", "&Questions"), "Ctrl+6", goes_to="questions"),
    ActionEntry(
        "search",
        "go",
        QT_TRANSLATE_NOOP("actions", "&Search"),
        "Ctrl+K",
        QT_TRANSLATE_NOOP("actions", "Search lessons, answers, terms and your notes"),
        "search",
        starts_group=True,
    ),
    ActionEntry("larger", "view", QT_TRANSLATE_NOOP("actions", "&Larger text"), "Ctrl++"),
    ActionEntry("smaller", "view", QT_TRANSLATE_NOOP("actions", "&Smaller text"), "Ctrl+-"),
    ActionEntry("usual_size", "view", QT_TRANSLATE_NOOP("actions", "&Usual text size"), "Ctrl+0"),
    ActionEntry("look_system", "view", QT_TRANSLATE_NOOP("actions", "&As the system"), starts_group=True),
    ActionEntry("look_light", "view", QT_TRANSLATE_NOOP("actions", "L&ight")),
    ActionEntry("look_dark", "view", QT_TRANSLATE_NOOP("actions", "&Dark")),
    ActionEntry(
        "look_high_contrast",
        "view",
        QT_TRANSLATE_NOOP("actions", "High &contrast"),
        tip=QT_TRANSLATE_NOOP("actions", "White on black, with strong lines and a thick focus ring"),
    ),
    ActionEntry(
        "notes",
        "view",
        QT_TRANSLATE_NOOP("actions", "N&otes beside the text"),
        "Ctrl+B",
        QT_TRANSLATE_NOOP("actions", "Show or hide your note, your highlights and the lessons of the mission"),
        starts_group=True,
        of_page=True,
    ),
    ActionEntry("next_pane", "view", QT_TRANSLATE_NOOP("actions", "&Next pane"), "F6", starts_group=True),
    ActionEntry("full_screen", "view", QT_TRANSLATE_NOOP("actions", "&Full screen"), "F11"),
    ActionEntry(
        "help",
        "help",
        QT_TRANSLATE_NOOP("actions", "&Help and shortcuts"),
        "F1",
        QT_TRANSLATE_NOOP("actions", "How the app works, and every shortcut"),
        "help",
    ),
)


def words(text: str) -> str:
    """Return a text of the tables in the language of the window."""
    return QCoreApplication.translate(_CONTEXT, text)


def build_actions(parent: QObject) -> dict[str, QAction]:
    """Return an action for each entry of the table, by name."""
    actions: dict[str, QAction] = {}
    for entry in ACTIONS:
        action = QAction(words(entry.text), parent)
        action.setObjectName(f"{entry.name}Action")
        if entry.shortcut:
            action.setShortcut(QKeySequence(entry.shortcut))
        if entry.tip:
            action.setStatusTip(words(entry.tip))
            action.setToolTip(words(entry.tip))
        actions[entry.name] = action
    # Keyboards on which plus needs Shift send equals.
    actions["larger"].setShortcuts([QKeySequence("Ctrl++"), QKeySequence("Ctrl+=")])
    return actions
