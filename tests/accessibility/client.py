"""Reads and works the window of another process as a screen reader does; runs on the system's Python, which has gi.

It takes one request a line on standard input, {"do": "press", "at": 12}, and gives one answer a line: {"ok": ...} or
{"problem": "..."}. Only what is showing counts. A request that looks gives each control found a number, by which it is
worked until the next look. `main` lists the requests.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402  # Only after its version is chosen.

CALL_MS = 20_000
PATIENCE_SECONDS = 30.0
"""A first start compiles the curriculum, and other tests are running."""
PAUSE_SECONDS = 0.05
MOST_CHILDREN = 60
"""Children looked at of one control: a table of hundreds of rows is known by its first ones."""

PRESSING = ("Press", "Toggle", "ShowMenu")
STATES = ("FOCUSABLE", "FOCUSED", "CHECKED", "SELECTED", "ENABLED")

# The bindings have no types.
Control = Any


class Reader:
    """What is known of another program by listening to it."""

    def __init__(self) -> None:
        Atspi.init()
        Atspi.set_timeout(CALL_MS, CALL_MS)
        self._app: Control = None
        self._seen: list[Control] = []
        self._heard: list[str] = []
        self._listener = Atspi.EventListener.new(lambda event: self._heard.append(str(event.any_data)))
        self._listener.register("object:announcement")

    def app(self, process: int) -> None:
        """Wait until the window of a process can be read."""
        self._app = self._wait(lambda: app_of(process), "no window can be read")
        # What is asked is asked of the program each time: nothing may be older than the screen.
        self._app.set_cache_mask(Atspi.Cache.NONE)
        self._wait(self._app.get_child_count, "the program has no window")

    def look(self) -> list[dict[str, Any]]:
        """Name everything that shows, in reading order."""
        seen = self._wait(lambda: [(control, name_of(control)) for control in walk(self._app)], "nothing shows")
        self._seen = [control for control, _ in seen]
        return [told for _, told in seen]

    def find(self, role: str, name: str) -> dict[str, Any]:
        """Wait until a control shows; describe it in full. Its number is 0."""
        control = self._wait(lambda: first(walk(self._app), role, name), f"no {role} {name!r} shows")
        self._seen = [control]
        return {**name_of(control), **details_of(control)}

    def press(self, at: int) -> bool:
        """Do what pressing a control does."""
        control = self._seen[at]
        names = [control.get_action_name(number) for number in range(control.get_n_actions())]
        wanted = [number for number, name in enumerate(names) if name in PRESSING]
        return bool(wanted) and bool(control.do_action(wanted[0]))

    def write(self, at: int, text: str) -> bool:
        """Put text into a field in place of what stands there."""
        return bool(self._seen[at].set_text_contents(text))

    def hear(self, seconds: float) -> list[str]:
        """Listen for so long, and on until something was said; return what was announced since the last time."""
        earliest = time.monotonic() + seconds
        self._wait(lambda: self._heard and time.monotonic() >= earliest, "nothing was said")
        heard, self._heard = self._heard, []
        return heard

    def _wait(self, look: Callable[[], Any], problem: str) -> Any:
        latest = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < latest:
            try:
                if found := look():
                    return found
            except GLib.Error:
                pass  # It went away while it was looked at.
            self._listen()
            time.sleep(PAUSE_SECONDS)
        raise LookupError(problem)

    def _listen(self) -> None:
        context = GLib.MainContext.default()
        while context.pending():
            context.iteration(False)


def app_of(process: int) -> Control:
    """Return the program that runs in a process, None while it cannot be read."""
    desktop = Atspi.get_desktop(0)
    apps = [desktop.get_child_at_index(at) for at in range(desktop.get_child_count())]
    return next((app for app in apps if app is not None and app.get_process_id() == process), None)


def walk(control: Control) -> Iterator[Control]:
    """Yield what shows below a control, in reading order."""
    for at in range(MOST_CHILDREN):
        # Asked each time: while a branch was walked, a scroll bar may have gone, and Qt reads beyond the end of its
        # list of children for one that is not there.
        if at >= control.get_child_count():
            return
        child = control.get_child_at_index(at)
        if child is not None and child.get_state_set().contains(Atspi.StateType.SHOWING):
            yield child
            yield from walk(child)


def first(controls: Iterator[Control], role: str, name: str) -> Control:
    """Return the first control of this role and name; the role is asked first, because most differ in it."""
    return next((each for each in controls if each.get_role_name() == role and each.get_name() == name), None)


def label_of(control: Control) -> str:
    """Return the name of the label of a control, "" where it has none."""
    relations = control.get_relation_set()
    labels = [each for each in relations if each.get_relation_type() == Atspi.RelationType.LABELLED_BY]
    return str(labels[0].get_target(0).get_name()) if labels else ""


def name_of(control: Control) -> dict[str, Any]:
    """Return what tells one control from another."""
    states, role = control.get_state_set(), control.get_role_name()
    return {
        "role": role,
        # On this desktop the name of a combo box is what is chosen in it: what it is about says its label alone.
        "name": label_of(control) if role == "combo box" else control.get_name(),
        "states": [name.lower() for name in STATES if states.contains(getattr(Atspi.StateType, name))],
    }


def details_of(control: Control) -> dict[str, Any]:
    """Return what else can be said of a control; text and value are None where it has none."""
    interfaces = control.get_interfaces()
    return {
        "description": control.get_description(),
        "text": Atspi.Text.get_text(control, 0, -1) if "Text" in interfaces else None,
        "value": control.get_current_value() if "Value" in interfaces else None,
    }


def main() -> None:
    """Answer requests until there are no more."""
    reader = Reader()
    requests: dict[str, Callable[..., Any]] = {
        request.__name__: request
        for request in (reader.app, reader.look, reader.find, reader.press, reader.write, reader.hear)
    }
    for line in sys.stdin:
        request = json.loads(line)
        try:
            answer = {"ok": requests[request.pop("do")](**request)}
        except (LookupError, GLib.Error) as error:
            answer = {"problem": str(error)}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
