"""Before whole-brain radiotherapy: who is heard, what is known, what else may be chosen. It never blocks."""

from collections.abc import Iterable
from datetime import date
from itertools import chain

from her2board.assessment.model import Bypass, PauseItem, PauseResult, PauseState, Standing
from her2board.assessment.options import stand
from her2board.assessment.urgency import is_urgent
from her2board.case.model import Case, DisciplineInput
from her2board.evidence.library import EvidenceLibrary
from her2board.evidence.records import Consideration, DisciplineRole, MustKnow, SequencingOption
from her2board.evidence.terms import PauseGroup
from her2board.logic.evaluate import Finding, evaluate
from her2board.logic.truth import Truth, negate
from her2board.logic.values import Among, Facts
from her2board.wording import Piece, Pieces, in_pieces, joined_text, tr

_APPLIES: dict[Truth, PauseState] = {
    Truth.MET: "applies",
    Truth.NOT_MET: "does_not_apply",
    Truth.UNKNOWN: "cannot_tell",
}
_TRUTH_OF: dict[Standing, Truth] = {
    "facts_against": Truth.NOT_MET,
    "already_used": Truth.NOT_MET,
    "cannot_tell": Truth.UNKNOWN,
}
"""Whether a choice applies, by the standing of its option; any other standing leaves it for discussion."""


def pause_before_wbrt(library: EvidenceLibrary, case: Case, facts: Facts) -> PauseResult:
    """Return everything shown before whole-brain radiotherapy."""
    pause = library.pause
    items = [
        _consideration(PauseGroup.LOCAL_FIRST, pause.local_first, facts),
        *(item for role in pause.disciplines if (item := _discipline(role, case, facts))),
        *(_further(said, facts) for said in _beyond(pause.disciplines, case)),
        *(_must_know(item, facts) for item in pause.must_know),
        *(_alternative(item, library, case, facts) for item in pause.alternatives),
        *(_consideration(PauseGroup.REASONABLE, item, facts) for item in pause.reasonable),
        *(_consideration(PauseGroup.CONTEXT, item, facts) for item in pause.context),
        *(_consideration(PauseGroup.IF_CHOSEN, item, facts) for item in pause.if_chosen),
    ]
    bypass = _bypass(library, case, facts)
    if not is_urgent(facts) and facts.read("immediate_local_therapy").value != Among.exactly(True):
        items += [_consideration(PauseGroup.DEFERRAL, item, facts) for item in pause.deferral]
    return PauseResult(bypass, tuple(items))


def _bypass(library: EvidenceLibrary, case: Case, facts: Facts) -> Bypass:
    if not is_urgent(facts):
        return Bypass(False, (), "")
    urgency = case.urgency
    by = tr("recorded by {name}").format(name=urgency.recorded_by) if urgency.recorded_by else tr("recorded")
    on = urgency.recorded_on.shown() if urgency.recorded_on else ""
    reasons = (facts.read("urgency").shown, library.pause.local_first.text)
    return Bypass(True, reasons, f"{by} {on}".strip())


def _discipline(role: DisciplineRole, case: Case, facts: Facts) -> PauseItem | None:
    said = next((entry for entry in reversed(case.board.disciplines) if entry.discipline == role.discipline), None)
    if said is None:
        needed = evaluate(role.required_when, facts) if role.required_when is not None else None
        if needed is not None and needed.truth is not Truth.MET:
            if role.only_when_required:
                return None
            open_ = needed.truth is Truth.UNKNOWN
            words = tr("whether needed: not recorded") if open_ else tr("no recorded fact calls for it")
            return _item(role, "cannot_tell" if open_ else "not_needed", (Piece(words),), needed.facts_missing)
        return _item(role, "not_asked", (Piece(tr("not yet asked")),))
    return _item(role, *_said(said, facts.as_of))


def _beyond(roles: Iterable[DisciplineRole], case: Case) -> Iterable[DisciplineInput]:
    """Return what was last recorded of each discipline that no source names here."""
    named = {str(role.discipline) for role in roles}
    return {said.key: said for said in case.board.disciplines if said.key not in named}.values()


def _further(said: DisciplineInput, facts: Facts) -> PauseItem:
    state, words = _said(said, facts.as_of)
    label = tr(said.discipline.label)
    return PauseItem(
        id=said.key,
        group=PauseGroup.DISCIPLINE,
        label=said.other_name or label[:1].upper() + label[1:],
        state=state,
        words=joined_text(words),
        here="",
        said=words,
    )


def _said(said: DisciplineInput, as_of: date) -> tuple[PauseState, Pieces]:
    view = (Piece(": "), Piece(said.view, typed=True)) if said.view else ()
    by = (Piece(", "), Piece(said.by, typed=True)) if said.by else ()
    match said.status:
        case "heard":
            when = said.day.shown() if said.day else tr("date not recorded")
            return "heard", (Piece(when), *by, *view)
        case "pending":
            due = said.due.shown() if said.due else tr("no date named")
            latest = said.due.span.high if said.due else None
            if latest is not None and latest < as_of:
                return "late", in_pieces(tr("asked{by}, due {due}"), by=by, due=due)
            return "pending", in_pieces(tr("asked{by}, due {due}"), by=by, due=due)
        case "unavailable":
            return "unavailable", (*in_pieces(tr("unavailable{by}"), by=by), *view)
        case _:
            return "not_needed", (*in_pieces(tr("not needed{by}"), by=by), *view)


def _item(role: DisciplineRole, state: PauseState, said: Pieces, missing: tuple[str, ...] = ()) -> PauseItem:
    return PauseItem(
        id=role.discipline,
        group=PauseGroup.DISCIPLINE,
        label=role.label,
        state=state,
        words=joined_text(said),
        here=role.asks,
        source=role.source,
        facts_missing=missing,
        said=said,
    )


def _must_know(item: MustKnow, facts: Facts) -> PauseItem:
    return facts.once((PauseGroup.MUST_KNOW, item.id), _known, item, facts)


def _known(item: MustKnow, facts: Facts) -> PauseItem:
    finding = evaluate(item.when, facts)
    known = finding.truth is not Truth.UNKNOWN
    return PauseItem(
        id=item.id,
        group=PauseGroup.MUST_KNOW,
        label=item.label,
        state="known" if known else "open",
        words=item.why,
        here=finding.reason,
        source=item.source,
        facts_missing=finding.facts_missing,
    )


def _alternative(item: Consideration, library: EvidenceLibrary, case: Case, facts: Facts) -> PauseItem:
    option = library.options_by_id.get(item.option or "")
    if option is None:
        found = _consideration(PauseGroup.ALTERNATIVE, item, facts)
    else:
        found = facts.once(("judged", item.id), _judged, item, option, library, facts)
    considered = [entry for entry in case.board.considered if option is not None and entry.option == option.kind]
    if not considered:
        return found
    entry = considered[-1]
    view = f": {entry.view}" if entry.view else ""
    by = f", {entry.by}" if entry.by else ""
    here = "; ".join(part for part in (tr("considered{by}{view}").format(by=by, view=view), found.here) if part)
    return found._replace(here=here)


def _judged(item: Consideration, option: SequencingOption, library: EvidenceLibrary, facts: Facts) -> PauseItem:
    """Return a choice with the standing of its option in this case."""
    found, result = _consideration(PauseGroup.ALTERNATIVE, item, facts), stand(library, facts, option)
    truth = _TRUTH_OF.get(result.standing, Truth.MET)
    asked = [one.finding for one in result.findings]
    if result.option.used_when is not None:
        asked.append(_turned(evaluate(result.option.used_when, facts)))
    refused = evaluate(library.declined[result.id], facts)
    if refused.truth is Truth.MET:  # a refusal that nobody recorded is none
        asked.append(_turned(refused))
    decided = [one for one in asked if one.truth is truth]
    return found._replace(
        state=_APPLIES[truth],
        here="; ".join(dict.fromkeys(one.reason for one in decided)),
        facts_used=_named(one.facts_used for one in decided),
        facts_missing=_named(one.facts_missing for one in decided),
        presupposed=found.state in ("applies", "stated"),
        cautions=result.cautions,
    )


def _turned(finding: Finding) -> Finding:
    """Return what speaks against a choice as a condition of it."""
    return finding._replace(truth=negate(finding.truth))


def _named(groups: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(chain.from_iterable(groups)))


def _consideration(group: PauseGroup, item: Consideration, facts: Facts) -> PauseItem:
    return facts.once((group, item.id), _considered, group, item, facts)


def _considered(group: PauseGroup, item: Consideration, facts: Facts) -> PauseItem:
    finding = evaluate(item.when, facts) if item.when is not None else None
    return PauseItem(
        id=item.id,
        group=group,
        label=item.name,
        state=_APPLIES[finding.truth] if finding else "stated",
        words=item.text,
        here=finding.reason if finding else "",
        source=item.source,
        facts_used=finding.facts_used if finding else (),
        facts_missing=finding.facts_missing if finding else (),
        option=item.option,
        brief=item.brief,
    )
