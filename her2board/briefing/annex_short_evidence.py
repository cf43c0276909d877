"""The short annex about evidence: choices and options on this case, what sources say of them, nearest cohorts."""

from collections.abc import Iterable, Iterator

from her2board.assessment.model import (
    Assessment,
    CautionResult,
    CohortFinding,
    CohortResult,
    OptionResult,
    PauseItem,
    StatementResult,
)
from her2board.assessment.options import asked_first
from her2board.briefing.annex import body_of
from her2board.briefing.annex_blocks import source_words
from her2board.briefing.annex_pieces import Paragraph, Piece, Step
from her2board.briefing.formats import (
    endpoint_basis,
    endpoint_name,
    endpoint_sources,
    endpoint_value,
    listed,
    lower,
    outcome_in_words,
    sentence,
)
from her2board.briefing.model import Run, Words
from her2board.evidence.library import EvidenceLibrary
from her2board.evidence.references import Source
from her2board.evidence.terms import PauseGroup
from her2board.logic.truth import Truth
from her2board.logic.values import Facts
from her2board.wording import Marked, tr

_OTHER = ("facts_against", "already_used")
"""Standings of options that are not for this case now."""
_BEYOND = (
    (8, Step.STATEMENTS_BEYOND_8),
    (5, Step.STATEMENTS_BEYOND_5),
    (3, Step.STATEMENTS_BEYOND_3),
    (1, Step.STATEMENTS_BEYOND_1),
)
_FIGURES = ((4, Step.FIGURES_BEYOND_4), (2, Step.FIGURES_BEYOND_2), (1, Step.FIGURES_BEYOND_1))
_CAUTIONS: dict[bool, Marked] = {True: "cautions", False: "cautions to ask about"}
_ORDER = (Truth.MET, Truth.UNKNOWN, Truth.NOT_MET)
"""Statements that apply to the case come first."""
_FIRST = ("applies", "stated", "cannot_tell", "does_not_apply")
"""Choices in the order of what this case says to them, those of one answer as in the release."""
_STATES: dict[str, Marked] = {
    "applies": "applies here",
    "does_not_apply": "does not apply",
    "stated": "compared with no fact",
}


def choices(assessment: Assessment, library: EvidenceLibrary) -> Iterator[Paragraph]:
    """Yield the choices before whole-brain radiation with their reason in this case, and what sources say."""
    by_id = {result.id: result for result in assessment.options}
    said: set[str] = set()
    for item in sorted(assessment.pause.of(PauseGroup.ALTERNATIVE), key=lambda item: _FIRST.index(item.state)):
        result = by_id.get(item.option or "")
        other = item.state == "does_not_apply"
        pieces = [Piece((Run(lower(item.words)), *_source(item.source, library)))]
        pieces += [_caution(caution, library, said) for caution in (result.cautions if result else item.cautions)]
        if result:
            pieces += _statements(result, library, said, other=other)
        yield Paragraph(
            _choice(item, library, assessment.facts), tuple(pieces), goes=Step.CHOICES, kind="choices", alone=True
        )


def _choice(item: PauseItem, library: EvidenceLibrary, facts: Facts) -> Words:
    if item.state == "cannot_tell":
        return Run(item.label, "bold"), Run(f": {_needs(item.facts_missing, library, facts)}.")
    because = f" ({item.here})" if item.here else ""
    return Run(item.label, "bold"), Run(f": {tr(_STATES[item.state])}{because}.")


def _needs(missing: Iterable[str], library: EvidenceLibrary, facts: Facts) -> str:
    asked = (asked_first(library, facts, name) for name in missing if name in facts.readings)
    names = dict.fromkeys(lower(facts.read(name).label) for name in asked)
    return tr("needs recording: {names}").format(names=", ".join(names))


def options(assessment: Assessment, library: EvidenceLibrary) -> Iterator[Paragraph]:
    """Yield the options that are no choice of those above: standing with reasons, cautions, what sources say."""
    above = {item.option for item in assessment.pause.of(PauseGroup.ALTERNATIVE)}
    said: set[str] = set()
    for result in assessment.options:
        if result.id in above:
            continue
        pieces = [_caution(caution, library, said) for caution in (*result.cautions, *result.to_ask)]
        pieces += _statements(result, library, said, other=result.standing in _OTHER)
        lead = (
            Run(result.option.name, "bold"),
            Run(f": {result.standing_words}{_because(result, library, assessment.facts)}."),
        )
        yield Paragraph(lead, tuple(pieces), goes=Step.OPTIONS, kind="options", alone=True)


def _because(result: OptionResult, library: EvidenceLibrary, facts: Facts) -> str:
    """Return the reasons of a standing; of an option that waits, the facts it waits for."""
    if result.standing == "cannot_tell":
        return f" ({_needs((name for one in result.findings for name in one.facts_missing), library, facts)})"
    return f" ({'; '.join(result.because)})" if result.because else ""


def _caution(caution: CautionResult, library: EvidenceLibrary, said: set[str]) -> Piece:
    """Return a caution of an option in full, and by its name where it was said of one before."""
    triggered = caution.truth is Truth.MET
    if caution.id in said:
        label = tr("Caution, {name}: as above") if triggered else tr("To ask, {name}: as above")
        name = Run(label.format(name=lower(caution.name)), "bold" if triggered else "italic")
        return Piece((name,), Step.CAUTIONS if triggered else Step.TO_ASK, _CAUTIONS[triggered])
    said.add(caution.id)
    label = tr("Caution, {name}: ") if triggered else tr("To ask, {name}: ")
    words = (
        Run(label.format(name=lower(caution.name)), "bold" if triggered else "italic"),
        Run(f"{caution.text} ({caution.because})"),
        *_source(caution.source, library),
    )
    return Piece(words, Step.CAUTIONS if triggered else Step.TO_ASK, _CAUTIONS[triggered])


def _statements(result: OptionResult, library: EvidenceLibrary, said: set[str], *, other: bool) -> Iterator[Piece]:
    """Yield what sources say of an option, what applies first; a statement about several options once."""
    ordered = sorted(result.statements, key=lambda statement: _ORDER.index(statement.applies))
    new = [statement for statement in ordered if statement.id not in said]
    said.update(statement.id for statement in new)
    for place, statement in enumerate(new):
        yield Piece(_statement(statement, library), _goes(place, statement, other), "statements")


def _goes(place: int, statement: StatementResult, other: bool) -> Step:
    if other:
        return Step.STATEMENTS_OF_OTHER_CHOICES
    if statement.applies is Truth.NOT_MET:
        return Step.STATEMENTS_NOT_HERE
    beyond = next((step for most, step in _BEYOND if place >= most), Step.STATEMENTS)
    return min(beyond, Step.STATEMENTS_OPEN) if statement.applies is Truth.UNKNOWN else beyond


def _statement(statement: StatementResult, library: EvidenceLibrary) -> Words:
    strength = statement.strength or tr("grade not read")
    opinion = tr(", opinion") if statement.opinion else ""
    applies = {Truth.MET: "", Truth.NOT_MET: tr("does not apply here: ")}.get(
        statement.applies, tr("not known whether it applies: ")
    )
    body = Run(f"{body_of(statement.body, statement.year)} ({strength}{opinion}): ", "muted")
    return body, Run(applies, "italic"), Run(statement.text.rstrip(".")), *_source(statement.source, library)


def cohorts(assessment: Assessment, library: EvidenceLibrary) -> Iterator[Paragraph]:
    """Yield the nearest cohort of each option once, criterion by criterion, with its figures."""
    nearest: dict[str, list[OptionResult]] = {}
    for result in assessment.options:
        if result.cohorts:
            nearest.setdefault(result.cohorts[0], []).append(result)
    for id_, results in nearest.items():
        found = assessment.cohort(id_)
        other = all(result.standing in _OTHER for result in results)
        goes = Step.COHORTS_OF_OTHER_OPTIONS if other else Step.COHORTS
        pieces = (*_criteria(found, assessment.facts), *_figures(found, library))
        yield Paragraph(_cohort(found, results, library), pieces, goes=goes, kind="cohorts", alone=True)


def _cohort(found: CohortResult, results: list[OptionResult], library: EvidenceLibrary) -> Words:
    size = f"n {found.cohort.n.value}" if found.cohort.n else tr("n not read")
    names = listed((result.option.name for result in results), len(results))
    return (
        Run(f"{found.trial.name}: {found.cohort.label}", "bold"),
        Run(f" ({size}; {tr(found.trial.design.label)}; {names})"),
        *_source(found.trial.source, library),
        Run(f" \N{EN DASH} {outcome_in_words(found)}."),
    )


def _criteria(found: CohortResult, facts: Facts) -> Iterator[Piece]:
    """Yield what differs and what is open, each with its reason; then what is met, run in."""
    for place, finding in enumerate(found.of(Truth.NOT_MET)):
        before = () if place else (Run(tr("Differs: "), "bold"),)
        yield Piece((*before, Run(_criterion(finding))), after="" if place else ". ")
    unknown = found.of(Truth.UNKNOWN)
    silent = [finding for finding in unknown if _only_silent(finding, facts)]
    open_ = [_criterion(finding) for finding in unknown if finding not in silent]
    names = listed((lower(facts.read(name).label) for one in silent for name in one.facts_missing), len(facts.readings))
    if silent:
        open_.append(
            tr("{criteria} (not recorded: {names})").format(
                criteria="; ".join(one.criterion for one in silent), names=names
            )
        )
    for place, words in enumerate(open_):
        before = () if place else (Run(tr("Cannot tell: "), "bold"),)
        yield Piece((*before, Run(words)), after="" if place else ". ")
    for remark in found.remarks:
        yield Piece((Run(tr("Remark: "), "bold"), Run(remark.words)), after=". ")
    met = [finding.criterion for finding in found.of(Truth.MET)]
    if met:
        counted = tr("Met ({n}): ").format(n=len(met))
        yield Piece((Run(counted, "bold"), Run(", ".join(met))), Step.MET, "lists of criteria met", ". ")


def _only_silent(finding: CohortFinding, facts: Facts) -> bool:
    """Return whether a criterion is open because nobody recorded a fact, and for no other reason."""
    missing = finding.facts_missing
    readings = [facts.read(name) for name in missing if name in facts.readings]
    return bool(missing) and len(readings) == len(missing) and not any(one.is_recorded for one in readings)


def _criterion(finding: CohortFinding) -> str:
    return f"{finding.criterion} ({finding.reason})" if finding.reason else finding.criterion


def _figures(found: CohortResult, library: EvidenceLibrary) -> Iterator[Piece]:
    current = [endpoint for endpoint in found.cohort.endpoints if not endpoint.superseded]
    for place, endpoint in enumerate(current):
        arm = f" ({endpoint.arm})" if endpoint.arm else ""
        silent = tr("; no interval stated") if endpoint.interval is None else ""
        words: list[Run] = [
            Run(f"{sentence(endpoint_name(endpoint))}{arm} "),
            Run(endpoint_value(endpoint), "bold"),
            Run(f" [{endpoint_basis(endpoint)}{silent}]", "muted"),
        ]
        for source in dict.fromkeys(endpoint_sources(endpoint)):
            words += _source(source, library)
        goes = next((step for most, step in _FIGURES if place >= most), Step.FIGURES)
        yield Piece(tuple(words), goes, "figures", "" if place else ". ")


def _source(source: Source | None, library: EvidenceLibrary) -> Words:
    """Return where something was read in brackets, a link to the reference; nothing for what the program adds."""
    if source is None or source.read_in == "program":
        return ()
    return Run(" ("), *source_words(source, library), Run(")")
