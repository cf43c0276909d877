"""Makes the page of one case: from what was asked for to the bytes of a PDF."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

from msgspec import Struct
from pydantic import BaseModel

from her2board.assessment.assess import assess
from her2board.assessment.model import Assessment
from her2board.assessment.paper import Paper
from her2board.briefing.account import Placed, not_shown, placed
from her2board.briefing.annex_choice import AnnexChoice
from her2board.briefing.compose import compose
from her2board.briefing.model import Briefing, Run
from her2board.briefing.page_map import MappedPage
from her2board.case.identity import without_identity
from her2board.case.model import Case
from her2board.case.recorded import Recorded
from her2board.cli.errors import CharacterError, CommandError
from her2board.evidence.library import EvidenceLibrary
from her2board.pdf.blocks import Sheet
from her2board.pdf.enclosure import enclose
from her2board.pdf.fonts import GlyphError
from her2board.pdf.page import PageTooFullError
from her2board.pdf.placing import page_map
from her2board.pdf.render import render_page
from her2board.wording import tr


class PageRequest(Struct, frozen=True, kw_only=True):
    """One page to make: of which case, on what evidence, for which day, on what paper."""

    case: Case
    library: EvidenceLibrary
    day: date
    dated: bool = True
    """Whether ``day`` is that of a meeting; else it is today, and the page says so."""
    paper: Paper = "a4"
    annex: AnnexChoice = "none"
    identified: bool = False
    """Whether name and record number are printed; else neither the page nor the case it carries has them."""
    unreviewed: bool = False
    """Whether the page says that nobody looked for names in its texts."""
    previous: Assessment | None = None
    """An assessment with the same library, to save work."""


class Composed(Struct, frozen=True):
    """What a page says, before it is laid out."""

    case: Case
    """As the page may show it: without what identifies the patient unless that was asked for."""
    assessment: Assessment
    briefing: Briefing


def composed(request: PageRequest) -> Composed:
    """Assess the case of a request and put its page into words."""
    case = request.case if request.identified else without_identity(request.case, request.library.vocabulary.words)
    assessment = assess(case, request.library, request.day, request.previous)
    briefing = compose(case, assessment, request.library, request.dated, request.identified, request.unreviewed)
    return Composed(case, assessment, briefing)


LaidOut = Callable[[Sequence[Sheet], Briefing, Placed], None]
"""Is given a page and the annex behind it, the words of the page as shortened, and where the values of the case are."""


def make_page(request: PageRequest, laid_out: LaidOut | None = None) -> bytes:
    """Return the page of a case as PDF, the case inside it; ``laid_out`` is given its layout.

    Raises CommandError when it cannot be drawn.
    """
    said = composed(request)

    def behind(sheet: Sheet, shown: Briefing) -> Sequence[Sheet]:
        if laid_out is None and request.annex == "none":
            return ()
        left = not_shown(said.case, written(sheet), request.library)
        annex = _annex(request, said, left) if request.annex != "none" else ()
        if laid_out is not None:
            runs = (run for each in annex for run in written(each))
            laid_out((sheet, *annex), shown, placed(said.case, left, runs, request.annex, request.library))
        return annex

    return _drawn(request, said, behind)


def make_mapped_page(request: PageRequest, still_asked: Callable[[], None] = lambda: None) -> MappedPage:
    """Return the page of a case with what is where on it, to look at: as ``make_page`` draws it, but without the case.

    ``still_asked`` is called between the steps, and stops the work by raising.

    Raises CommandError when it cannot be drawn.
    """
    still_asked()
    said, sheets = composed(request), list[Sheet]()
    still_asked()

    def behind(sheet: Sheet, _: Briefing) -> Sequence[Sheet]:
        still_asked()
        annex: Sequence[Sheet] = ()
        if request.annex != "none":
            annex = _annex(request, said, not_shown(said.case, written(sheet), request.library))
        sheets.extend((sheet, *annex))
        return annex

    data = _drawn(request, said, behind, carried=False)
    still_asked()
    return MappedPage(data, page_map(sheets))


def _drawn(
    request: PageRequest,
    said: Composed,
    behind: Callable[[Sheet, Briefing], Sequence[Sheet]],
    *,
    carried: bool = True,
) -> bytes:
    try:
        enclosure = enclose(said.case, said.assessment, request.library, request.dated, carried=carried)
        return render_page(said.briefing, request.library, request.paper, behind, enclosure)
    except GlyphError as error:
        places = fields_with(said.case, error.characters)
        overlay = request.library.overlay
        if not places and overlay and (own := fields_with(overlay, error.characters)):
            words = tr("local file of {clinic}, {places}: {why}")
            raise CommandError(words.format(clinic=overlay.clinic, places=", ".join(own), why=error)) from error
        raise CharacterError(str(error), places) from error
    except PageTooFullError as error:
        raise CommandError(str(error)) from error


def _annex(request: PageRequest, said: Composed, left: Sequence[Recorded]) -> Sequence[Sheet]:
    from her2board.pdf.annexes import chosen_annex  # most pages are made without an annex

    return chosen_annex(request.annex, said.case, said.assessment, request.library, request.paper, left)


def written(sheet: Sheet) -> Iterator[Run]:
    """Yield every worded run of a sheet."""
    return (run for _, _, words in sheet.written for run in words)


def fields_with(case: BaseModel, characters: tuple[str, ...]) -> list[str]:
    """Return the paths of the texts that contain one of ``characters``."""
    found: list[str] = []

    def look(value: Any, path: str) -> None:
        if isinstance(value, str):
            if any(character in value for character in characters):
                found.append(path)
        elif isinstance(value, dict):
            for key, entry in value.items():
                look(entry, f"{path}.{key}".removeprefix("."))
        elif isinstance(value, list):
            for index, entry in enumerate(value):
                look(entry, f"{path}[{index}]")

    look(case.model_dump(mode="json", exclude_none=True), "")
    return found
