"""Reads the program as a screen reader does, over AT-SPI, goes through the page and exports it, all from outside.

Not part of 'make test': it needs a screen, a session bus and Debian's at-spi2-core, dbus and python3-pyatspi. Run it
with the system's Python from the top of the checkout:

    xvfb-run -a dbus-run-session -- /usr/bin/python3 tests/outside/press_export.py
"""

import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyatspi

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "resources" / "examples" / "b07-invented-complete.her2case"
PATIENCE_S = 60
_RIGHT, _RETURN = 0xFF53, 0xFF0D
"""Keys by their symbols in X."""
SIGNS = ("supports", "cautions", "open", "against")
SKIPPED_ROLES = ("scroll bar", "viewport", "filler", "separator")


def main() -> int:
    """Start the program, read it, export, and look at what was written."""
    with tempfile.TemporaryDirectory() as home:
        around = {**os.environ, "HOME": home, "XDG_CONFIG_HOME": home, "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
        python = ROOT / ".venv" / "bin" / "python"
        program = subprocess.Popen([str(python), "-m", "her2board", str(EXAMPLE)], cwd=ROOT, env=around)
        try:
            return read_and_export(Path(home) / "from-outside.pdf")
        finally:
            program.terminate()
            program.wait(timeout=20)


def read_and_export(target: Path) -> int:
    window = until(lambda: find(application(), "frame", "B-07"), "the window")
    button = until(lambda: find(window, "push button", "Export page as PDF"), "the export button")
    problems = list(faults(window))
    count = sum(1 for _ in everything(window))
    say(f"{count} things read, {len(problems)} without a name or a role")
    for problem in problems:
        say(f"  {problem}")
    read_page(window)
    press(button)
    dialog = until(lambda: find(application(), "dialog", "Export the page"), "the question for a file")
    line = until(lambda: find(dialog, "text", "File name"), "the line for its name")
    line.queryEditableText().setTextContents(str(target))
    press(until(lambda: find(dialog, "push button", "Save"), "the button that saves"))
    until(lambda: target.exists() and target.read_bytes().startswith(b"%PDF"), "the PDF")
    say(f"exported from outside: {target.stat().st_size} bytes")
    return 1 if problems else 0


def read_page(window: Any) -> None:
    """Go by keyboard to words of the page, and read the card of one in the reading view."""
    page = until(lambda: _with_words(find(window, "image", "The page as it prints")), "the words of the page")
    say(f"{len(page.description.split())} words of the page read")
    press(until(lambda: find(window, "menu item", "Reading view"), "the reading view"))
    page.queryComponent().grabFocus()
    names = []
    for _ in range(6):
        before = page.name
        pyatspi.Registry.generateKeyboardEvent(_RIGHT, None, pyatspi.KEY_SYM)
        until(lambda before=before: page.name != before, "the next word of the page")
        names.append(page.name)
    for name in names:
        say(f"  {name}")
    pyatspi.Registry.generateKeyboardEvent(_RETURN, None, pyatspi.KEY_SYM)
    card = until(lambda: _with_text(find(window, "label", "Source card")), "the card beside the page")
    say(f"  card: {' '.join(text_of(card).split())[:120]}")
    press(find(window, "menu item", "Reading view"))
    for tab in ("Cohorts", "Options"):
        press(until(lambda tab=tab: find(window, "page tab", tab), tab))
        lines = until(lambda tab=tab: list(lines_of(window, tab)), f"the lines under {tab}")
        signs = Counter(sign for line in lines for sign in SIGNS if line.startswith(f"{sign}. "))
        say(f"  {tab}: {len(lines)} lines, signs read {dict(signs)}, the first: {lines[0][:60]}; {lines[1][:100]}")


def lines_of(window: Any, tab: str) -> Iterator[str]:
    """Yield the lines of a result as they are read: the meaning of the sign first."""
    for entry in everything(find(window, "tree", tab)):
        if entry.getRoleName() == "table cell" and entry.name:
            yield str(entry.name)


def _with_words(page: Any) -> Any:
    return page if page is not None and len(page.description) > 1000 else None


def _with_text(entry: Any) -> Any:
    return entry if entry is not None and len(text_of(entry)) > 40 else None


def text_of(entry: Any) -> str:
    return str(entry.queryText().getText(0, -1))


def application() -> Any:
    desktop = pyatspi.Registry.getDesktop(0)
    return next((entry for entry in desktop if entry and "her2board" in (entry.name or "")), None)


def everything(root: Any) -> Iterator[Any]:
    """Yield a thing and all below it; what vanishes meanwhile is skipped."""
    if root is None:
        return
    yield root
    try:
        children = [root.getChildAtIndex(number) for number in range(min(root.childCount, 400))]
    except LookupError:
        return
    for child in children:
        yield from everything(child)


def find(root: Any, role: str, name: str) -> Any:
    return next((entry for entry in everything(root) if entry.getRoleName() == role and name in named(entry)), None)


def named(entry: Any) -> str:
    """Return the name, or that of the label that leads to it."""
    if entry.name:
        return str(entry.name)
    labels = (
        relation.getTarget(0).name
        for relation in entry.getRelationSet()
        if relation.getRelationType() == pyatspi.RELATION_LABELLED_BY
    )
    return next((str(label) for label in labels if label), "")


def faults(window: Any) -> Iterator[str]:
    """Yield what the keyboard can reach and what has no name or role."""
    for entry in everything(window):
        states, role = entry.getState(), entry.getRoleName()
        reachable = states.contains(pyatspi.STATE_FOCUSABLE) and states.contains(pyatspi.STATE_SHOWING)
        if not reachable or role in SKIPPED_ROLES:
            continue
        if role in ("unknown", "invalid") or not named(entry):
            yield f"{role}: '{named(entry)}' in '{named(entry.parent)}' ({entry.parent.getRoleName()})"


def press(entry: Any) -> None:
    action = entry.queryAction()
    names = [action.getName(number) for number in range(action.nActions)]
    action.doAction(names.index("Press") if "Press" in names else 0)


def until(look: Callable[[], Any], what: str) -> Any:
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        try:
            if found := look():
                return found
        except Exception as error:  # noqa: BLE001  # reason: the bus says many things while a window appears
            say(f"  waiting for {what}: {type(error).__name__}") if os.environ.get("VERBOSE") else None
        time.sleep(0.5)
    raise SystemExit(f"not found within {PATIENCE_S} s: {what}")


def say(words: str) -> None:
    sys.stdout.write(words + "\n")


if __name__ == "__main__":
    sys.exit(main())
