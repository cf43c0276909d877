"""What a pack would change, for command line and window alike: stored cases read again, signed pages, installing."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from her2board import paths
from her2board.assessment.clinic import as_built
from her2board.assessment.model import Assessment
from her2board.briefing.addresses import Address
from her2board.briefing.compose import compose
from her2board.briefing.model import Words
from her2board.briefing.outline import parts_of
from her2board.briefing.zones.footer import FooterZone
from her2board.case.checks import CaseError
from her2board.case.model import Case
from her2board.case.storage import load
from her2board.casebook.book import Casebook
from her2board.casebook.model import SignedOff
from her2board.cli.cases import day_of
from her2board.cli.errors import CommandError
from her2board.cli.evidence_packs import now, plainly
from her2board.cli.installed_evidence import in_use, refuse_older
from her2board.cli.pages import make_page, written
from her2board.cli.release import evidence_folder, load_library
from her2board.cli.roots import follow_root
from her2board.cli.seen import seen_in
from her2board.cli.signing import release_of, request_again
from her2board.evidence.library import EvidenceLibrary
from her2board.evidence.loader import load_release
from her2board.evidence.problems import BrokenReleaseError
from her2board.packs.difference import PageLine
from her2board.packs.follow_up import NAME, FollowUp, dump_list, gone_figures, parse_list, printed_and_gone
from her2board.packs.installed import Installed, install, take_back, use_shipped
from her2board.packs.offer import Offer, offer_of
from her2board.wording import day_words, tr

if TYPE_CHECKING:  # python-tuf takes a quarter of a second
    from her2board.packs.trust import Genuine

_SHOWN = frozenset(("value", "cohort", "statement"))
"""Kinds of addresses that lead to a figure or a statement."""


def page_words(assessment: Assessment, library: EvidenceLibrary, case: Case) -> list[PageLine]:
    """Return the lines of a case's page, without its footer: number and day of the release are always others."""
    zones = (zone for zone in compose(case, assessment, library).zones if not isinstance(zone, FooterZone))
    lines = (line for zone in zones for part in parts_of(zone) for line in part.lines)
    return [
        PageLine(
            f"{line.label}: {_text(line.words)}" if line.label else _text(line.words),
            frozenset(_record(one, library) for run in line.words for one in run.addresses),
        )
        for line in lines
    ]


def _text(words: Words) -> str:
    return "".join(run.text for run in words)


def _record(address: Address, library: EvidenceLibrary) -> str:
    """Return the file of the release some words come from; empty where they come from none."""
    match address.kind:
        case "value" | "cohort" | "trial":
            return f"trials/{address.place.partition('/')[0]}.yaml"
        case "option" | "caution":
            return f"{address.kind}s/{address.place}.yaml"
        case "statement" if address.place in library.statements:
            return f"guidelines/{library.statements[address.place][0].id}.yaml"
        case "evidence" | "reference":
            return f"references/{address.place}.yaml"
        case "local":
            return f"local_therapy/{address.place}.yaml"
    return ""


def cases_of(book: Casebook) -> Iterator[tuple[str, Case, date]]:
    """Yield every case of a casebook with its code and the day it is read for; what has dates after it is left out."""
    for id_ in book.summaries():
        try:
            yield case_of(book, id_)
        except CaseError:  # dates after the meeting: it is compared with nothing
            continue


def case_of(book: Casebook, id_: str) -> tuple[str, Case, date]:
    """Return a case with its code and the day it is read for. Raises CaseError."""
    case = book.case(id_).value
    return case.code, case, day_of(case, None)[0]


def file_of(path: Path) -> tuple[str, Case, date]:
    """Return a case file with its name and the day it is read for. Raises CaseError."""
    case = load(path)
    return path.stem, case, day_of(case, None)[0]


def on_signed_pages(book: Casebook, offer: Offer, stop: Callable[[], bool] = lambda: False) -> Iterator[FollowUp]:
    """Yield the figures on signed-off pages of a casebook that a pack withdraws or changes."""
    gone = gone_figures(offer.old, offer.new)
    for signed in book.signed_pages() if gone else ():
        if stop():
            return
        try:
            code, figures = book.case_at(signed.case_id, signed.version).value.code, _printed(book, signed, offer.old)
        except (KeyError, CommandError):  # the case was removed, or its page cannot be made any more
            continue
        for words, found in printed_and_gone(figures, gone):
            yield FollowUp(
                case_id=signed.case_id,
                code=code,
                version=signed.version,
                signed_at=signed.at,
                signed_by=signed.by,
                figure=words,
                record=found.record,
                how=found.how,
                why=offer.reason(found.record),
                pack=offer.pack.record.number,
                same_evidence=signed.release == release_of(offer.old),
            )


def _printed(book: Casebook, signed: SignedOff, library: EvidenceLibrary) -> dict[str, str]:
    """Return what a signed-off page shows of figures and statements: words by address."""
    found: dict[str, str] = {}

    def note(sheets: Sequence[object], *_: object) -> None:
        for sheet in sheets:
            for run in written(sheet):  # type: ignore[arg-type]  # reason: make_page hands over sheets
                for one in run.addresses:
                    said = found.get(one.card, "")
                    if one.kind in _SHOWN and run.text.strip() not in said:  # a figure is written in several runs
                        found[one.card] = f"{said} {run.text.strip()}".strip()

    make_page(request_again(book, signed, library), note)
    return found


def install_pack(pack: "Genuine", why: str, book: Casebook | None = None, offer: Offer | None = None) -> Installed:
    """Put a checked pack in use, and note it in a casebook, with its signed-off pages to follow up where ``offer`` is.

    Raises CommandError, for a pack older than one the casebook was used with too.
    """
    record = pack.record
    refuse_older(record)
    if book is not None and record.number < (seen := seen_in(book)).pack:
        words = tr("pack {n} is older than pack {seen}, with which this casebook was used; it is not installed")
        raise CommandError(words.format(n=record.number, seen=seen.pack))
    late = book is not None and (day := seen_in(book).day) is not None and day > record.valid_until
    if late and not why:  # the clock of this computer says otherwise, or was set back
        words = tr("the pack is past its date by the newest day this casebook was used on; it needs a reason")
        raise CommandError(words)
    found = [] if book is None or offer is None else list(on_signed_pages(book, offer))
    place = paths.packs_dir()
    with plainly():
        place.mkdir(parents=True, exist_ok=True)
        done = install(place, pack, now(), why if pack.expired or late else "")
        follow_root(pack.root, now(), book)
    if book is not None:
        keep_follow_up(book, found)
        note_in_audit(book, "evidence_installed", record.number, record.release, record.released, why)
    return done


def go_back(why: str, book: Casebook | None = None) -> Installed:
    """Put the release before in use again. Raises CommandError where there is none."""
    with plainly():
        done = take_back(paths.packs_dir(), now(), why)
    _note_in_use(book, "evidence_taken_back", why)
    return done


def use_what_was_shipped(why: str, book: Casebook | None = None) -> None:
    """Put the release in use that the program came with. Raises CommandError."""
    with plainly():
        use_shipped(paths.packs_dir(), now(), why)
    shipped = tr("the evidence the program came with")
    _note_in_use(book, "evidence_taken_back", f"{shipped}: {why}" if why else shipped)


def _note_in_use(book: Casebook | None, action: str, why: str) -> None:
    if book is not None:
        pack, released = in_use()
        note_in_audit(book, action, pack, load_library().release.version, released, why)


def note_in_audit(book: Casebook, action: str, pack: int, release: str, released: date, why: str) -> None:
    """Write into the audit of a casebook which evidence is in use from now on, and why."""
    words = tr("pack {n}, evidence {release} of {day}") if pack else tr("evidence {release} of {day}")
    said = words.format(n=pack, release=release, day=day_words(released))
    book.record(action, detail=f"{said}: {why}" if why else said)


def keep_follow_up(book: Casebook, found: Sequence[FollowUp]) -> None:
    """Add to the list a casebook keeps; what is on it already stays as it is."""
    known = parse_list(book.remembered(NAME))
    there = {(one.case_id, one.version, one.figure, one.pack) for one in known}
    new = [one for one in found if (one.case_id, one.version, one.figure, one.pack) not in there]
    if new:
        words = tr("{n} figures on signed-off pages to follow up").format(n=len(new))
        book.remember(NAME, dump_list((*known, *new)), "follow_up_added", words)


def to_follow_up(book: Casebook) -> tuple[FollowUp, ...]:
    """Return what is still to be followed up."""
    return tuple(one for one in parse_list(book.remembered(NAME)) if one.done is None)


def followed_up(book: Casebook, entry: FollowUp, today: date, note: str) -> None:
    """Take an entry off the list, with what was done."""
    done = entry.model_copy(update={"done": today, "done_note": note})
    entries = (done if one == entry else one for one in parse_list(book.remembered(NAME)))
    book.remember(NAME, dump_list(entries), "followed_up", f"{entry.code}: {entry.figure}: {note}")


def offered(pack: "Genuine") -> Offer:
    """Return what a pack would change of the release in use; of the shipped one where that cannot be used."""
    try:
        folder, old = evidence_folder(), load_library()
    except (CommandError, BrokenReleaseError):
        folder, old = paths.evidence_dir(), as_built(load_release())
    with plainly():
        return offer_of(pack, folder, old)
