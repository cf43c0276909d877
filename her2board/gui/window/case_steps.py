"""Steps through a case that need both the form and its assessment."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from her2board.assessment.clinic import filled_in
from her2board.assessment.gaps import as_outstanding
from her2board.case.differences import differences
from her2board.case.fields import value_at
from her2board.case.model import Absence
from her2board.case.plain import plain
from her2board.case.sections import SECTIONS
from her2board.gui.form.block import FieldBlock
from her2board.gui.form.facts_line import Fact
from her2board.gui.window.workbench import Workbench
from her2board.wording import tr

if TYPE_CHECKING:  # made when it is first asked for
    from her2board.gui.window.finder import Findable


def next_needed(bench: Workbench) -> None:
    """Go to the next field, in the order of the form, that the case needs or that is out of date."""
    assessment = bench.live.assessment
    stale = [gap.path for gap in assessment.readiness.stale] if assessment is not None else []
    paths = {*bench.document.needs.needed, *stale}
    if not paths:
        bench.reported.emit(tr("Nothing more is needed"), False)
        return
    order = [field.path for section in SECTIONS for field in section.fields]
    wanted = sorted(map(order.index, paths))
    block = bench.form.block_in_focus()
    here = order.index(block.path) if block else -1
    bench.jump(order[next((place for place in wanted if place > here), wanted[0])])


def note_asked(bench: Workbench) -> None:
    """Note the current field, else the line chosen under Ask next, as asked for; without one, show the list."""
    block = bench.form.block_in_focus()
    if block is not None:
        _ask_field(bench, block)
        return
    ask, case = bench.results.chosen_ask(), bench.document.case
    if ask is None or case is None:
        bench.results.show_tab("ask")
        bench.reported.emit(tr("Choose a line under Ask next, or go to a field, then ask for it"), False)
        return
    noted = {path: as_outstanding(ask, path, case) for path in ask.fields}
    if any(absence.reason != "pending" for absence in noted.values()):
        words = tr("{label}: a reason is recorded why no answer will come")
        bench.reported.emit(words.format(label=ask.label), False)
        return
    for path, absence in noted.items():
        if problem := bench.document.set_absence(path, absence.model_dump(mode="json", exclude_none=True)):
            bench.reported.emit(problem, True)
            return
    _say_asked(bench, ask.label, absence)


def _ask_field(bench: Workbench, block: FieldBlock) -> None:
    label = tr(block.field.info.label)
    noted = block.ask()
    if noted is None:
        bench.reported.emit(tr("{label}: recorded already").format(label=label), False)
    elif noted.reason != "pending":
        bench.reported.emit(tr("{label}: a reason is recorded why no answer will come").format(label=label), False)
    else:
        _say_asked(bench, label, noted)


def _say_asked(bench: Workbench, label: str, noted: Absence) -> None:
    due = noted.due.shown() if noted.due else tr("no date set")
    words = tr("{label}: asked of {owner}, due {due}")
    bench.reported.emit(words.format(label=label, owner=noted.owner or tr("no one assigned"), due=due), False)


def written(bench: Workbench, text: str) -> Findable | None:
    """Return what a line of facts would record, or why it would not; None where it names no field."""
    from her2board.gui.window.finder import Findable

    read = bench.form.read_facts(text) if bench.document.case is not None else None
    if read is None:
        return None
    if isinstance(read, str):
        return Findable(read, tr("not recorded"), "", "", lambda: bench.reported.emit(read, True))
    words = "; ".join(fact.words for fact in read)
    return Findable(words, tr("record"), tr("Return"), "", partial(_record, bench, read, words))


def _record(bench: Workbench, facts: Sequence[Fact], words: str) -> None:
    problem = bench.document.record({fact.field.path: fact.value for fact in facts}, tr("Record facts by name"))
    bench.reported.emit(problem or tr("Recorded: {words}").format(words=words), bool(problem))
    if problem:
        bench.form.go_to(facts[-1].field.path)
    else:
        bench.form.go_on_from(facts[-1].field.path)


def fill_in(bench: Workbench) -> None:
    """Write what the clinic has into the open case, where nothing is recorded; each can be undone."""
    case = bench.document.case
    if case is None:
        return
    filled = filled_in(bench.live.clinic, case)
    changed = [found.field.path for found in differences(case, filled)]
    for path in changed:
        bench.document.set_value(path, plain(value_at(filled, path)), merges=False)
    if not changed:
        bench.reported.emit(tr("Nothing to fill in: it is recorded already, or not set under Preferences"), False)


def record_none(bench: Workbench) -> None:
    """Record that there is none of what the current field asks."""
    if not bench.form.record_none():
        bench.reported.emit(tr("'None' can be said of a list and of the signs of urgency; here choose or type"), False)
