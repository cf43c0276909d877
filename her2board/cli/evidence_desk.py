"""How the window looks at evidence packs and installs them; what it needs is imported when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from her2board import paths
from her2board.gui.base.services import EvidenceError, EvidenceServices, InUse

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from her2board.case.model import Case
    from her2board.casebook.book import Casebook
    from her2board.packs.difference import Reread
    from her2board.packs.follow_up import FollowUp
    from her2board.packs.offer import Offer
    from her2board.packs.root import RootFile
    from her2board.packs.root_in_use import RootInUse

    Named = tuple[str, Case, date]


def evidence_services() -> EvidenceServices:
    """Return how packs are looked at and installed."""
    return EvidenceServices(
        in_use=_in_use,
        look=_look,
        look_in=_look_in,
        clock_is_right=_clock_is_right,
        offer=_offer,
        cases_of=_cases_of,
        read_again=_read_again,
        signed_pages=_signed_pages,
        install=_install,
        go_back=_go_back,
        use_shipped=_use_shipped,
        to_follow_up=_to_follow_up,
        followed_up=_followed_up,
        root=_root,
        read_root=_read_root,
        trust_root=_trust_root,
        forget_root=_forget_root,
    )


@contextmanager
def _in_words() -> Iterator[None]:
    from her2board.cli.errors import CommandError
    from her2board.cli.evidence_packs import plainly
    from her2board.evidence.problems import BrokenReleaseError

    try:
        with plainly():
            yield
    except (CommandError, BrokenReleaseError) as error:
        raise EvidenceError(str(error)) from error


def _in_use() -> InUse:
    from her2board.cli import installed_evidence
    from her2board.cli.errors import CommandError
    from her2board.packs.errors import PackError
    from her2board.packs.installed import read_installed

    try:
        folder, installed = installed_evidence.folder_in_use(), read_installed(paths.packs_dir())
    except (CommandError, PackError) as error:
        return InUse(problem=str(error))
    back = installed.before is not None
    if folder == paths.evidence_dir() or installed.record is None:
        return InUse(can_go_back=back)
    record = installed.record
    return InUse(record.number, record.valid_until, installed.signed_by, can_go_back=back)


def _look(today: date) -> str:
    from her2board.cli import seen

    return seen.look(today)


def _look_in(book: Casebook, today: date) -> Sequence[str]:
    from her2board.cli import seen

    return seen.look_in(book, today)


def _clock_is_right(today: date, why: str, book: Casebook | None) -> None:
    from her2board.cli import seen

    with _in_words():
        seen.clock_is_right(today, why, book)


def _offer(path: Path) -> Offer:
    from her2board.cli.evidence_packs import checked_file
    from her2board.cli.installed_evidence import refuse_older
    from her2board.cli.offers import offered
    from her2board.packs.installed import refuse_misfit

    with _in_words():
        pack = checked_file(path, None, although_expired=True)
        refuse_misfit(pack.record)
        refuse_older(pack.record)
        return offered(pack)


def _cases_of(source: Casebook | Sequence[Path]) -> Sequence[Callable[[], Named]]:
    from her2board.cli.offers import case_of, file_of

    if isinstance(source, Sequence):
        return [partial(file_of, path) for path in source]
    return [partial(case_of, source, id_) for id_ in source.summaries()]


def _read_again(cases: Iterable[Named], offer: Offer) -> Iterator[Reread]:
    from her2board.cli.offers import page_words
    from her2board.packs.difference import reread

    return reread(cases, offer.old, offer.new, offer.changed, page_words)


def _signed_pages(book: Casebook, offer: Offer, stop: Callable[[], bool]) -> Iterator[FollowUp]:
    from her2board.cli.offers import on_signed_pages

    return on_signed_pages(book, offer, stop)


def _install(offer: Offer, why: str, book: Casebook | None) -> None:
    from her2board.cli.offers import install_pack

    with _in_words():
        install_pack(offer.pack, why, book, offer)


def _go_back(why: str, book: Casebook | None) -> None:
    from her2board.cli.offers import go_back

    with _in_words():
        go_back(why, book)


def _use_shipped(why: str, book: Casebook | None) -> None:
    from her2board.cli.offers import use_what_was_shipped

    with _in_words():
        use_what_was_shipped(why, book)


def _to_follow_up(book: Casebook) -> Sequence[FollowUp]:
    from her2board.cli.offers import to_follow_up

    return to_follow_up(book)


def _followed_up(book: Casebook, entry: FollowUp, today: date, note: str) -> None:
    from her2board.cli.offers import followed_up

    followed_up(book, entry, today, note)


def _root() -> RootInUse:
    from her2board.cli.roots import root_in_use

    with _in_words():
        return root_in_use()


def _read_root(path: Path) -> RootFile:
    from her2board.cli.roots import root_of

    with _in_words():
        return root_of(path)


def _trust_root(root: RootFile, typed: str, why: str, book: Casebook | None) -> None:
    from her2board.cli.evidence_packs import now
    from her2board.cli.roots import trust_root

    with _in_words():
        trust_root(root, typed, why, now(), book)


def _forget_root(why: str, book: Casebook | None) -> None:
    from her2board.cli.evidence_packs import now
    from her2board.cli.roots import forget_root

    with _in_words():
        forget_root(why, now(), book)
