"""Two releases as packs beside a casebook: which cases read otherwise, because of what, and how long that takes.

``python tests/benchmarks/packs_bench.py [REVISION] [CASES]``: the release of a revision in git (by default the last one
of an earlier version) and that of this checkout, packed, checked, and compared over so many generated cases (1,000).
Besides, a pack that corrects one figure. Nothing here passes or fails.
"""

import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from io import BytesIO
from itertools import count
from pathlib import Path
from time import process_time
from typing import TypeVar

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from support.encrypted_books import created  # noqa: E402  # reason: found once the path is set
from support.generated import mixture  # noqa: E402  # reason: as above
from support.packs import NOW, make_keys, review  # noqa: E402  # reason: as above

from her2board import paths  # noqa: E402  # reason: as above
from her2board.assessment.assess import assess  # noqa: E402  # reason: as above
from her2board.case.checks import future_dates  # noqa: E402  # reason: as above
from her2board.case.storage import load  # noqa: E402  # reason: as above
from her2board.casebook.stored import StoredCasebook  # noqa: E402  # reason: as above
from her2board.cli.offers import cases_of, page_words  # noqa: E402  # reason: as above
from her2board.evidence import files  # noqa: E402  # reason: as above
from her2board.evidence.loader import load_release  # noqa: E402  # reason: as above
from her2board.packs.difference import Reread, reread  # noqa: E402  # reason: as above
from her2board.packs.make import make_pack  # noqa: E402  # reason: as above
from her2board.packs.offer import Offer, offer_of  # noqa: E402  # reason: as above
from her2board.packs.record import PackRecord  # noqa: E402  # reason: as above
from her2board.packs.trust import check_pack  # noqa: E402  # reason: as above

T = TypeVar("T")
_FIGURE = ("trials/destiny-breast12.yaml", "value: 82.6", "value: 82.4")
DAY = date(2026, 11, 26)
_MOST = 12
"""Records that are listed."""


def timed(work: Callable[[], T]) -> tuple[T, float]:
    """Return what some work returns, and the seconds of processor time it took: others may use the machine too."""
    begun = process_time()
    return work(), process_time() - begun


def earlier() -> str:
    """Return the last revision whose release has another version than that of this checkout."""
    here = version(ROOT / "evidence")
    for revision in _git("log", "--format=%H", "--", "evidence/release.yaml").decode().split():
        said = _git("show", f"{revision}:evidence/release.yaml").decode()
        if f"version: '{here}'" not in said:
            return revision
    raise SystemExit("no earlier release in the history")


def version(folder: Path) -> str:
    """Return the version of a release."""
    found = re.search(r"^version: '(.+)'$", (folder / files.RELEASE).read_text(encoding="utf-8"), re.MULTILINE)
    assert found is not None
    return found[1]


def _git(*words: str) -> bytes:
    return subprocess.run(["git", "-C", str(ROOT), *words], check=True, capture_output=True).stdout


def release_at(revision: str, target: Path) -> Path:
    """Write the release of a revision, and return its folder."""
    with tarfile.open(fileobj=BytesIO(_git("archive", revision, "evidence"))) as archive:
        archive.extractall(target, filter="data")
    head, limits = target / "evidence" / files.RELEASE, r"(?m)^look_again:\n(?:[- ] .*\n)+"
    said = head.read_text(encoding="utf-8")
    if not re.search(limits, said):  # an earlier release left these to the program
        today = re.search(limits, (ROOT / "evidence" / files.RELEASE).read_text(encoding="utf-8"))
        head.write_text(said + (today[0] if today else ""), encoding="utf-8")
    return target / "evidence"


def packed(folder: Path, number: int, keys: Path) -> bytes:
    """Return a signed pack of a release."""
    record = PackRecord(
        number=number,
        release=version(folder),
        released=date(2026, 11, 19 + number),
        valid_until=date(2027, 2, 27),
        fits=("0.0.0", "99.0.0"),
        content_hash=files.content_hash(files.texts(folder)),
    )
    return make_pack(folder, record, keys)


def filled(path: Path, cases: int) -> StoredCasebook:
    """Return a casebook with the examples and so many generated cases."""
    book = created(path)
    for example in sorted(paths.examples_dir().glob("*.her2case")):
        book.add(load(example))
    there = len(book.summaries())
    for number in count():
        case = mixture(number).model_copy(update={"code": f"G{number}"})
        if there == cases:
            return book
        if not future_dates(case, DAY if case.meeting.date is None else case.meeting.date.exact or DAY):
            book.add(case)
            there += 1
    return book


def compared(name: str, offer: Offer, book: StoredCasebook, plain: float) -> None:
    """Print which cases read otherwise with an offered pack, because of what, and how long it took."""
    work: Callable[[], Iterator[Reread]] = partial(
        reread, cases_of(book), offer.old, offer.new, offer.changed, page_words
    )
    kinds, records, totals = Counter[str](), Counter[str](), Counter[str]()

    def read() -> None:
        for one in work():
            totals.update(read=1, differ=bool(one.differs), untouched=not one.touched)
            kinds.update({each.what for each in one.differs})
            records.update({record for each in one.differs for record in each.records[:3]})

    _, seconds = timed(read)
    print(f"\n{name}: {len({row.record for row in offer.rows})} records differ")
    print("  {differ} of {read} cases read otherwise, {untouched} are touched by no changed record".format(**totals))
    print(f"  by kind: {', '.join(f'{kind} {count}' for kind, count in kinds.most_common())}")
    print(f"  most often because of: {', '.join(f'{record} {count}' for record, count in records.most_common(_MOST))}")
    print(f"  {seconds:.1f} s, {seconds / plain:.2f} times assessing each case once ({plain:.1f} s)", flush=True)


def main() -> None:
    """Pack, check, compare."""
    revision = sys.argv[1] if len(sys.argv) > 1 else earlier()
    cases = int(sys.argv[2]) if len(sys.argv) > 2 else 1000  # reason: the second word
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch)
        old, here = release_at(revision, place / "old"), shutil.copytree(ROOT / "evidence", place / "here")
        corrected = shutil.copytree(here, place / "corrected")
        trial = corrected / _FIGURE[0]
        trial.write_text(trial.read_text(encoding="utf-8").replace(*_FIGURE[1:], 1), encoding="utf-8")
        for folder in (old, here, corrected):
            review(folder)
        root = make_keys(place / "keys", NOW)
        checked = check_pack(packed(old, 1, place / "keys"), root, {}, NOW)
        data = packed(here, 2, place / "keys")
        genuine, took = timed(lambda: check_pack(data, root, checked.trusted, NOW))
        said = f"{version(old)} ({revision[:8]}) to {version(here)}"
        print(f"{said}: pack of {len(data) >> 10} kB, checked in {took:.2f} s")
        book = filled(place / "board.her2book", cases)
        before = load_release(old)
        _, plain = timed(lambda: sum(bool(assess(case, before, day)) for _, case, day in cases_of(book)))
        print(f"{cases} cases assessed once: {plain:.1f} s of processor time", flush=True)
        compared("the whole release", offer_of(genuine, old, before), book, plain)
        one = check_pack(packed(corrected, 3, place / "keys"), root, genuine.trusted, NOW)
        compared("one figure corrected", offer_of(one, here, load_release(here)), book, plain)
        book.lock()


if __name__ == "__main__":
    main()
