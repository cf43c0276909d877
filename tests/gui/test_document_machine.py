"""Whatever is edited, undone, saved, reloaded, imported or restored, document, file and clean mark agree."""

import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from her2board.case.edit import with_absence, with_value
from her2board.case.model import Absence, Case
from her2board.case.storage import Stored, load, save
from her2board.gui.document.document import CaseDocument, empty_case

LINES = {"completeness": "partial", "items": [{"drugs": ["T-DXd"], "setting": "metastatic"}]}
VALUES = {
    "code": ("A-1", "B-2"),
    "patient.age": (50, 61, None),
    "patient.ecog": (0, 1, None),
    "brain.cns_class": (["stable"], ["stable", "untreated"], None),
    "systemic.lines": (LINES, None),
    "meeting.question": ("q", "qu", None),
}
NAMES = ("one.her2case", "two.her2case")
EDITS = st.sampled_from([(path, value) for path, values in VALUES.items() for value in values])


@dataclass
class Model:
    """The expected state: the cases undo leads through, its place among them, and which of them is saved."""

    steps: list[Case]
    paths: list[str] = field(default_factory=list)
    at: int = 0
    clean: int | None = 0
    file: Path | None = None

    @property
    def case(self) -> Case:
        return self.steps[self.at]

    def change(self, after: Case, path: str) -> None:
        if after == self.case:
            return
        if self.clean is not None and self.clean > self.at:
            self.clean = None
        undone = self.at < len(self.paths)
        del self.steps[self.at + 1 :], self.paths[self.at :]
        if path and self.at and not undone and self.paths[-1] == path and self.at != self.clean:
            if after == self.steps[self.at - 1]:
                del self.steps[self.at], self.paths[-1]
                self.at -= 1
            else:
                self.steps[self.at] = after
            return
        self.steps.append(after)
        self.paths.append(path)
        self.at += 1


class DocumentMachine(RuleBasedStateMachine):
    @initialize()
    def start(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="her2board-invented-"))
        self.document = CaseDocument()
        self.problems: list[str] = []
        self.document.problem_found.connect(self.problems.append)
        self.document.start_new()
        self.model = Model([empty_case()])
        self.files: dict[Path, Case] = {}

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    @rule(edit=EDITS)
    def edit(self, edit: tuple) -> None:
        path, value = edit
        assert self.document.set_value(path, value) == ""
        self.model.change(with_value(self.model.case, path, value), path)

    @rule(owner=st.sampled_from([None, "Dr A"]))
    def give_reason(self, owner: str | None) -> None:
        body = {"reason": "pending", **({"owner": owner} if owner else {})}
        assert self.document.set_absence("patient.kps", body) == ""
        self.model.change(with_absence(self.model.case, "patient.kps", Absence(**body)), "patient.kps")

    @rule(bad=st.sampled_from([("patient.ecog", 9), ("code", ""), ("patient.age", "old")]))
    def refuse(self, bad: tuple) -> None:
        assert self.document.set_value(*bad)

    @rule()
    def undo(self) -> None:
        self.document.stack.undo()
        self.model.at = max(0, self.model.at - 1)

    @rule()
    def redo(self) -> None:
        self.document.stack.redo()
        self.model.at = min(len(self.model.steps) - 1, self.model.at + 1)

    @rule(name=st.sampled_from(NAMES))
    def save_as(self, name: str) -> None:
        assert self.document.save(self.folder / name)
        self._saved(self.folder / name)

    @precondition(lambda self: self.model.file is not None)
    @rule()
    def save(self) -> None:
        assert self.document.save()
        self._saved(self.model.file)

    def _saved(self, path: Path) -> None:
        self.files[path] = self.model.case
        self.model.file, self.model.clean = path, self.model.at

    @precondition(lambda self: self.files)
    @rule(name=st.sampled_from(NAMES), copy=st.booleans())
    def reload_or_import(self, name: str, copy: bool) -> None:
        path = self.folder / name
        opened = (self.document.open_copy if copy else self.document.open)(path)
        assert opened == (path in self.files)
        if opened:
            self.model = Model([self.files[path]], file=None if copy else path)

    @precondition(lambda self: self.model.file is not None)
    @rule()
    def notice_what_was_changed_outside(self) -> None:
        path = self.model.file
        before = path.read_bytes()
        save(with_value(self.files[path], "code", "outside"), path)
        assert self.document.outside_change() == "changed"
        path.unlink()
        assert self.document.outside_change() == "removed"
        path.write_bytes(before)
        assert self.document.outside_change() == ""

    @rule(edit=EDITS)
    def restore(self, edit: tuple) -> None:
        path = self.model.file
        case = with_value(self.model.case, *edit)
        self.document.restore(Stored(case), path)
        self.model = Model([self.files[path] if path else empty_case()], file=path)
        self.model.change(case, "")

    @invariant()
    def all_agree(self) -> None:
        document, model = self.document, self.model
        assert document.case == model.case
        assert document.path == model.file
        assert document.changed == (model.at != model.clean)
        assert document.stack.canUndo() == (model.at > 0)
        assert document.stack.canRedo() == (model.at < len(model.steps) - 1)
        for path, case in self.files.items():
            assert load(path) == case
        if model.file is not None and not document.changed:
            assert self.files[model.file] == document.case


DocumentMachine.TestCase.settings = settings(stateful_step_count=40)
test_document_file_and_clean_mark_agree = DocumentMachine.TestCase
