"""Builds lesions from the sizes and sites of one clause: what belongs to which is offered only where it is plain."""

import re
from collections.abc import Iterator
from itertools import pairwise

from msgspec import Struct

from her2board.capture.proposal import Reason
from her2board.capture.report.context import CONTEXTS, is_said
from her2board.capture.report.lesion_tables import compared_rows, table_lesions
from her2board.capture.report.matching import REASON_OF_ROLE, first_context
from her2board.capture.report.model import Document, Event, Role, Sentence
from her2board.capture.report.patterns import named
from her2board.capture.report.sites import Site, find_sites
from her2board.capture.report.sizes import Size, Standing, find_sizes

RULE = "lesion"
_NOUN = named("lesions_noun")
_NOT_A_LESION = named("lesions_not_a_lesion")
_MASS, _IS_NONE = named("lesions_mass"), named("lesions_none_at_all")
"""Words beside a size that may be the largest of all; 'a cystic mass' is one, a meningioma is none."""
_GONE, _GONE_BEHIND = named("lesions_gone"), named("lesions_gone_behind")
_NEW_BEFORE = re.compile(
    r"(?<!\w)(?:new|neue[rsn]?|neu(?: aufgetretene[nrs]?)?|nouvel(?:le)?|nuov[ao]|nueva?)(?: [\w.,-]+){0,7}?\s*$"
)
_NOT_NEW = re.compile(
    r"(?<!\w)(?:no|not|without|kein\w*|pas de|nessun\w*|ningun\w*)\s(?:\w+\s)?"
    r"(?:new|neu\w*|nouvel\w*|nuov\w|nuev\w)(?!\w)"
    r"|(?<!\w)(?:known|stable|old|unchanged|bekannt\w*|connue?s?|not[aoe])(?!\w)"
)
"""'No new lesion, known left frontal 9 mm': what is called new is not the lesion that follows."""
_NO_BEFORE = 16
"""Characters before 'new' in which it is denied."""
_NEW = re.compile(r"(?<!\w)new(?!\w)")
_NEW_TOGETHER, _APART = named("lesions_new_together"), named("lesions_apart")
_NEW_AFTER = named("lesions_new_after")
_SIZE_IN_BRACKETS = re.compile(r"\(\s?\d[^()]{0,25}\)")
_LISTED = re.compile(r"(?<![\w.,])\d{1,2}(?:[.,]\d)?(?: ?[cm]m)?(?:,|,? (?:and|und|e|et|y|&)) ?$")
"""Before the last of several sizes that one clause lists, '12, 9 and 4 mm': its sites are in a list of their own."""
_STOP = re.compile(r"[.;]\s")
_LEADS_IN = named("lesions_leads_in")
"""Before a site that a sentence of a report begins with."""
_CURRENT: tuple[Role, ...] = ("title", "body", "findings", "impression", "technique")
_LINK, _AND = named("lesions_link"), named("lesions_and")


class Lesion(Struct, frozen=True):
    """A lesion as read: where, how large, whether new."""

    site: Site
    size: Size
    new: tuple[int, int] | None
    """Where it is called new; None where it is not."""
    sentence: Sentence
    because: Reason | None = None

    @property
    def start(self) -> int:
        """Place of its first word."""
        return min(self.site.start, self.size.start, *(self.new or ()))

    @property
    def end(self) -> int:
        """Place behind its last word."""
        return max(self.site.end, self.size.end, *(self.new or ()))


def find_lesions(document: Document, sentences: tuple[Sentence, ...]) -> tuple[Lesion, ...]:
    """Return the lesions that sentences measure."""
    compared = compared_rows(document, sentences)
    read = (sentence for sentence in sentences if sentence.start not in compared)
    found = [lesion for sentence in read for lesion in _in_sentence(document, sentence)]
    in_rows = (
        Lesion(
            site,
            size,
            _new_in_row(document, sentence),
            sentence,
            None if sentence.role in _CURRENT else REASON_OF_ROLE.get(sentence.role),
        )
        for site, size, sentence in table_lesions(document, sentences)
        if not _is_of_another_thing(document, sentence)
    )
    known = {(lesion.site.start, lesion.size.start) for lesion in found}
    return (*found, *(lesion for lesion in in_rows if (lesion.site.start, lesion.size.start) not in known))


def _is_of_another_thing(document: Document, sentence: Sentence) -> bool:
    """Tell whether a cell of a row says that its lesion is gone, or is none."""
    return any(words.search(document.marked, sentence.start, sentence.end) for words in (_GONE, _NOT_A_LESION))


_NEW_CELL = re.compile(r"(?<=\s\s|.\|)\s*(?P<new>new|neu)\s*(?=$|\s{2}|\|)")


def _new_in_row(document: Document, sentence: Sentence) -> tuple[int, int] | None:
    """Return where a cell of a row says that its lesion is new."""
    found = _NEW_CELL.search(document.plain, sentence.start, sentence.end)
    return found.span("new") if found else None


def _in_sentence(document: Document, sentence: Sentence) -> Iterator[Lesion]:
    text, plain = document.marked, document.plain
    sizes, sites = find_sizes(document, sentence), find_sites(document, sentence)
    whole = text[sentence.start : sentence.end]
    listed = bool(re.match(r"\s*(?:[-*\u2022]|\(?\d{1,2}[.):]|\(?[a-h][.)]|lesion \d|#\d)", whole))
    listed = listed or (document.kind == "brain_mri" and bool(sites) and _leads(plain, sentence, sites[0]))
    listed = listed or _is_target(plain, sentence, sites)
    if not sizes or not sites or not (_NOUN.search(whole) or listed) or _NOT_A_LESION.search(whole):
        return
    now = [size for size in sizes if size.standing == "now"]
    paired = _paired(text, now, list(sites))
    paired = [pair for pair in paired if not _is_part(text, pair[1], sites, [site for _, site in paired])]
    pairs = [(size, site) for size, site in paired if not _LISTED.search(text, sentence.start, size.start)]
    for number, (size, site) in enumerate(pairs):
        start, end = min(size.start, site.start), max(size.end, site.end)
        left = max((max(a.end, b.end) for a, b in pairs[:number]), default=sentence.start)
        right = min((min(a.start, b.start) for a, b in pairs[number + 1 :]), default=sentence.end)
        if _GONE.search(text, left, right) or _is_gone_behind(plain, sentence, right):
            continue
        because = _because(document, sentence, start, end)
        new = _new(plain, left, start, end, sentence.end, len(pairs)) or _new_together(plain, sentence, start)
        yield Lesion(site, size, new, sentence, because)


def _is_gone_behind(plain: str, sentence: Sentence, right: int) -> bool:
    """Tell whether the part behind a semicolon says that the last lesion before it is gone."""
    return right == sentence.end and plain[right - 1 : right] == ";" and _GONE_BEHIND.match(plain, right) is not None


def _is_part(text: str, site: Site, sites: tuple[Site, ...], taken: list[Site]) -> bool:
    """Tell whether a site is one of two that share a size: 'the left frontal and parietal lobes, 30 mm'."""
    others = [one for one in sites if one not in taken]
    gaps = [(site.end, one.start) if site.end <= one.start else (one.end, site.start) for one in others]
    return any(_AND.fullmatch(text, *gap) for gap in gaps)


_TARGET = re.compile(r"(?:t|tl|target lesion) ?\d{1,2}\s?[:.)]?\s+")


def _is_target(plain: str, sentence: Sentence, sites: tuple[Site, ...]) -> bool:
    """Tell whether a sentence is one of the target lesions that a report lists: 'T1 right parietal 22 mm'."""
    number = _TARGET.match(plain, sentence.start, sentence.end)
    return bool(number and sites and sites[0].start == number.end()) and "target lesion" in plain


def _leads(plain: str, sentence: Sentence, site: Site) -> bool:
    """Tell whether a sentence begins with a site, or with a word of place before it."""
    return _LEADS_IN.fullmatch(plain, sentence.start, site.start) is not None


def _because(document: Document, sentence: Sentence, start: int, end: int) -> Reason | None:
    if sentence.role not in _CURRENT:
        return REASON_OF_ROLE.get(sentence.role, "another_thing")
    if is_said("negated", document.marked, start, start, sentence.start, sentence.end):
        return "negated"
    if is_said("uncertain", document.marked, start, start, sentence.start, start):
        return "uncertain"
    forbidden = tuple(context for context in CONTEXTS if context not in ("earlier", "uncertain"))
    return first_context(forbidden, document, sentence, start, end)


def _new(plain: str, left: int, start: int, end: int, high: int, pairs: int) -> tuple[int, int] | None:
    """Return where a lesion is called new: before it, or behind it together with the others of its sentence."""
    before = _NEW_BEFORE.search(plain[left:start])
    if before and not _NOT_NEW.search(plain, max(left, left + before.start() - _NO_BEFORE), start):
        return left + before.start(), start
    if inside := _NEW.search(plain, start, end):
        return inside.span()
    after = _NEW_AFTER.search(plain, end, high)
    of_all = after is not None and ("are" in after[0] or "sind" in after[0] or after.start() - end < 3)
    return after.span() if after and (pairs == 1 or of_all) else None


def _new_together(plain: str, sentence: Sentence, start: int) -> tuple[int, int] | None:
    """Return where lesions are called new that a sentence lists then: 'two new lesions (left frontal 8 mm, ...'."""
    heads = list(_NEW_TOGETHER.finditer(plain, sentence.start, start))
    if not heads or _APART.search(_SIZE_IN_BRACKETS.sub(" ", plain[heads[-1].end() : start])):
        return None
    low = max(sentence.start, heads[-1].start() - _NO_BEFORE)
    return None if _NOT_NEW.search(plain, low, start) else heads[-1].span()


def _paired(text: str, sizes: list[Size], sites: list[Site]) -> list[tuple[Size, Site]]:
    """Return which size belongs to which site: they alternate, and only words of measuring come between."""
    marks: list[Size | Site] = sorted([*sizes, *sites], key=lambda mark: mark.start)
    if not marks or any(a.end > b.start for a, b in pairwise(marks)):
        return []
    if len(sizes) == len(sites) == 1:
        pairs = [(sizes[0], sites[0])]
    elif len(sizes) == len(sites) and all(isinstance(a, Size) != isinstance(b, Size) for a, b in pairwise(marks)):
        pairs = list(zip(sizes, sites, strict=True))
    else:
        near = [site for site in sites if any(_linked(text, size, site) for size in sizes)]
        pairs = _paired(text, sizes, near) if len(near) < len(sites) else _close(text, sizes, sites)
    return [(size, site) for size, site in pairs if _linked(text, size, site)]


def _close(text: str, sizes: list[Size], sites: list[Site]) -> list[tuple[Size, Site]]:
    """Return the sizes that have one site beside them, with nothing but words of measuring between."""
    beside = [(size, [site for site in sites if _linked(text, size, site)]) for size in sizes]
    pairs = [(size, near[0]) for size, near in beside if len(near) == 1]
    used = [site for _, site in pairs]
    return [(size, site) for size, site in pairs if used.count(site) == 1]


def _linked(text: str, size: Size, site: Site) -> bool:
    """Tell whether only words of measuring, and earlier sizes, are between a size and a site."""
    start, end = (size.end, site.start) if size.start < site.start else (site.end, size.start)
    gap = re.sub(r"\([^()]{0,60}\)", " ", text[start:end])
    gap = re.sub(
        r"(?:from |von |de )?\d+(?:[.,]\d+)?(?: ?x ?\d+(?:[.,]\d+)?)? ?(?:mm|cm)?(?: (?:to|auf))?|\x01+", " ", gap
    )
    gap = " ".join(gap.split())
    return len(gap) < 130 and _LINK.fullmatch(gap) is not None and not _STOP.search(gap)


_BECAUSE: dict[Standing, Reason] = {"earlier": "earlier", "bound": "threshold", "other": "another_thing"}


def sizes_not_of_now(document: Document) -> Iterator[Event]:
    """Yield the sizes that are an earlier scan's, a limit or something else's, to be seen and not offered."""
    for sentence in document.sentences:
        if sentence.role in _CURRENT and _NOUN.search(document.marked, sentence.start, sentence.end):
            for size in find_sizes(document, sentence):
                if size.standing != "now":
                    value = {"diameter_mm": size.axes[0]}
                    because = _BECAUSE[size.standing]
                    yield Event(RULE, "brain.lesions[]", value, size.start, size.end, sentence, because=because)


def sizes_maybe_of_now(document: Document) -> Iterator[Size]:
    """Yield every size of now beside a word for a lesion, whether its lesion is known; 'up to 4.6 cm' is one too."""
    for sentence in document.sentences:
        text = document.marked[sentence.start : sentence.end]
        if sentence.role in _CURRENT and _MASS.search(text) and not _IS_NONE.search(text):
            yield from (size for size in find_sizes(document, sentence) if size.standing in ("now", "bound"))


def lesion_events(lesions: tuple[Lesion, ...]) -> Iterator[Event]:
    """Yield an entry of the list for each lesion."""
    for lesion in lesions:
        value: dict[str, object] = {"site": lesion.site.words, "diameter_mm": lesion.size.axes[0]}
        if len(lesion.size.axes) > 1:
            value["perpendicular_mm"] = lesion.size.axes[1]
        if lesion.new:
            value["state"] = "new"
        yield Event(RULE, "brain.lesions[]", value, lesion.start, lesion.end, lesion.sentence, because=lesion.because)
