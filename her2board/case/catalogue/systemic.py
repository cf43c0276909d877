"""Facts of systemic treatment: lines, relapse, and what is said of every drug, class and regimen."""

from datetime import date

from her2board.case import stated_lines
from her2board.case.catalogue.declare import (
    NOT_RECORDED,
    Found,
    answered,
    fact,
    fact_per_drug,
    fact_per_regimen,
    fact_with_drugs,
)
from her2board.case.catalogue.plain import as_recorded
from her2board.case.drugs import Vocabulary
from her2board.case.model import Case
from her2board.case.regimens import Regimen, Rows, given_now, given_together, her2_therapy_ongoing
from her2board.case.treatment import (
    Answer,
    early_rows,
    given,
    months_since_early,
    months_to_relapse,
    progressed_on,
)
from her2board.logic.values import Among
from her2board.wording import tr

_LISTED = ("systemic.lines", "systemic.exposure")


@fact_with_drugs(
    "metastatic_lines",
    "number",
    "systemic.lines",
    "systemic.lines_stated",
    label="Lines of metastatic therapy",
    rule="the number stated and the list together: "
    "rows with setting metastatic that start within 28 days of each other are one line, the earlier not stopped "
    "for progression or toxicity before (the program's own threshold); a row without a new drug but endocrine "
    "therapy, no progression between, maintenance, and a row marked so continue a line; supportive drugs are none",
)
def lines_counted(case: Case, vocabulary: Vocabulary) -> Found:
    """Return the number of lines, or a range."""
    return stated_lines.lines_counted(case, vocabulary)


@fact_with_drugs(
    "months_since_adjuvant_her2",
    "number",
    "tumour.months_since_adjuvant_her2",
    "systemic.lines",
    "tumour.metastatic_date",
    rule="as recorded, else calendar months from the stop of the last (neo)adjuvant anti-HER2 line to the date "
    "of metastatic disease; each source counts an early relapse as a line by its own limit",
)
def months_since_adjuvant_her2(case: Case, vocabulary: Vocabulary) -> Found:
    """As recorded, else from the dates."""
    if case.tumour.months_since_adjuvant_her2 is not None:
        return as_recorded(case, "tumour.months_since_adjuvant_her2")
    return months_to_relapse(case, vocabulary)


@fact_with_drugs(
    "her2_therapy_ongoing",
    "flag",
    "systemic.lines",
    label="Anti-HER2 therapy goes on now",
    rule="yes when a row of any setting that names it is recorded as ongoing; no when every such row of a complete "
    "list has ended",
)
def ongoing(case: Case, vocabulary: Vocabulary) -> Found:
    """Return whether anti-HER2 therapy is given now."""
    return answered(her2_therapy_ongoing(case, vocabulary))


_EXTRACRANIAL = {
    "untreated": frozenset({"controlled", "progressing"}),
    "newly_found": frozenset({"newly_found", "progressing"}),
    "complete_remission": frozenset({"absent", "controlled"}),
}
"""What a source that knows absent, controlled and progressing disease may call the others."""


@fact(
    "extracranial",
    "choice",
    "systemic.extracranial",
    options=("absent", "controlled", "progressing", "newly_found"),
    rule="as recorded; disease that is untreated may count as controlled or progressing, newly found as progressing "
    "but neither absent nor controlled, and after complete remission as absent or controlled: sources name only these",
)
def extracranial(case: Case) -> Found:
    """As recorded, with what a source may call it."""
    value, shown, why = as_recorded(case, "systemic.extracranial")
    recorded = case.systemic.extracranial
    return (Among(_EXTRACRANIAL[recorded]) if recorded in _EXTRACRANIAL else value), shown, why


@fact_per_drug(
    "given",
    *_LISTED,
    label="{drug} given before",
    rule="listed in a line or recorded as given; 'no' only from a complete list or so recorded",
)
def given_ever(case: Case, vocabulary: Vocabulary, id_: str, _: date) -> Found:
    """Return whether the drug was given at all."""
    return answered(given(case, vocabulary, id_, metastatic=False))


@fact_per_drug(
    "given_metastatic",
    *_LISTED,
    label="{drug} given for metastatic disease",
    rule="as 'given', in lines with setting metastatic or maintenance",
)
def given_metastatic(case: Case, vocabulary: Vocabulary, id_: str, _: date) -> Found:
    """Return whether the drug was given for metastatic disease."""
    return answered(given(case, vocabulary, id_, metastatic=True))


@fact_per_drug(
    "progressed_on",
    *_LISTED,
    label="Progression on {drug}",
    rule="a row with the drug for metastatic disease, stopped or running, with progression as its best response or as "
    "the reason it stopped, or with a place where it progressed; of (neo)adjuvant therapy one stopped for progression",
)
def progressed(case: Case, vocabulary: Vocabulary, id_: str, _: date) -> Found:
    """Return whether disease progressed on a line with the drug."""
    return answered(progressed_on(case, vocabulary, id_))


@fact_per_drug(
    "early_only",
    *_LISTED,
    label="{drug} given in early disease only",
    rule="given, and not for metastatic disease; months from its stop to the day the case is judged for",
)
def early_only(case: Case, vocabulary: Vocabulary, id_: str, as_of: date) -> Found:
    """Return whether the drug was given, but only as (neo)adjuvant therapy, with the months since it ended."""
    ever, later = given(case, vocabulary, id_, metastatic=False), given(case, vocabulary, id_, metastatic=True)
    if ever.value is False or later.value is True:
        return Among.exactly(False), tr("no"), ""
    if ever.value is None or later.value is None:
        return None, "", ever.why or later.why
    since = months_since_early(case, vocabulary, id_, as_of)
    return Among.exactly(True), "; ".join(part for part in (ever.shown, since) if part), ""


@fact_per_drug(
    "months_since_early",
    "systemic.lines",
    "tumour.metastatic_date",
    "tumour.months_since_adjuvant_her2",
    kind="number",
    label="Months from (neo)adjuvant {drug} to relapse",
    rule="calendar months from the stop of the last (neo)adjuvant row with the drug to the date of metastatic disease; "
    "where it is in every (neo)adjuvant anti-HER2 row of a complete list, as recorded of anti-HER2 therapy",
)
def months_since_early_drug(case: Case, vocabulary: Vocabulary, id_: str, _: date) -> Found:
    """Return the months from the dates of the drug itself, not of a later one."""
    of_drug_, of_her2 = early_rows(case, vocabulary, id_)[0], early_rows(case, vocabulary, "anti_her2")[1]
    if of_drug_ and of_drug_ == of_her2 and case.systemic.lines.completeness == "complete":
        return months_since_adjuvant_her2(case, vocabulary)
    return months_to_relapse(case, vocabulary, id_)


@fact_per_regimen(
    "together",
    *_LISTED,
    label="{regimen} given for metastatic disease",
    rule="all of it in one row, or in rows that surely start within 28 days of each other (the program's own "
    "threshold), for metastatic disease",
)
def together(rows: Rows, regimen: Regimen) -> Found:
    """Return whether a regimen was given."""
    return answered(given_together(rows, regimen))


@fact_per_regimen("in_use", "systemic.lines", label="{regimen} given now", rule="all of it in rows recorded as ongoing")
def in_use(rows: Rows, regimen: Regimen) -> Found:
    """Return whether a regimen is given now."""
    return answered(given_now(rows, regimen))


@fact_per_drug("access", "access.drugs", label="Access to {drug} at this clinic", rule="as recorded")
def access(case: Case, vocabulary: Vocabulary, id_: str, _: date) -> Found:
    """As recorded; no access to a combination says nothing of its drugs."""
    named = [(vocabulary.resolve(name), value) for name, value in case.access.drugs.items()]
    answers = [value for ids, value in named if id_ in ids and (value or len(ids) == 1)]
    return answered(Answer(answers[0], tr("yes") if answers[0] else tr("no"))) if answers else NOT_RECORDED
