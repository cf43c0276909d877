"""Lines of systemic treatment against one another."""

from collections.abc import Iterator
from itertools import combinations

from her2board.case.catalogue import of_drug
from her2board.case.contradictions.declare import Clash, Rules
from her2board.case.drugs import Vocabulary
from her2board.case.line_count import disputed_numbers, may_start_together
from her2board.case.model import Case, SystemicLine
from her2board.case.row_dates import disagreeing, duration_words, lasted
from her2board.case.stated_lines import disagreement, stated_words
from her2board.case.terms import spoken
from her2board.case.treatment import line_groups
from her2board.wording import tr

rules = Rules()
EARLY = ("neoadjuvant", "adjuvant")
"""Settings of treatment before there are metastases."""


@rules.rule_with_drugs("her2_therapy_ongoing")
def ongoing_yet_stopped(case: Case, vocabulary: Vocabulary) -> Iterator[Clash]:
    """An ongoing line with a reason for stopping; in doubt is also whether disease progressed on it."""
    for index, line in enumerate(case.systemic.lines.items):
        if line.ongoing and line.reason_stopped:
            place = f"systemic.lines[{index}]"
            yield Clash(
                tr("line {n} is recorded as ongoing, yet with a reason for stopping").format(n=index + 1),
                (f"{place}.ongoing", f"{place}.reason_stopped"),
                _progression_on(line, vocabulary),
                _drugs_of(line, vocabulary),
            )


@rules.rule_with_drugs("metastatic_lines")
def stopped_for_something_else_yet_progressed(case: Case, vocabulary: Vocabulary) -> Iterator[Clash]:
    """A line for metastatic disease that stopped for another reason than progression, with progression on it."""
    for index, line in enumerate(case.systemic.lines.items):
        other = line.reason_stopped not in (None, "progression") and line.setting not in EARLY
        sign = "progressed_in" if line.progressed_in else "best_response" if line.best_response == "progression" else ""
        if other and sign:
            place = f"systemic.lines[{index}]"
            yield Clash(
                tr("line {n} is recorded as stopped for another reason ({reason}), yet with progression").format(
                    n=index + 1, reason=spoken(line.reason_stopped or "")
                ),
                (f"{place}.reason_stopped", f"{place}.{sign}"),
                _progression_on(line, vocabulary),
            )


def _drugs_of(line: SystemicLine, vocabulary: Vocabulary) -> frozenset[str]:
    return frozenset[str]().union(*line_groups(line, vocabulary))


def _progression_on(line: SystemicLine, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return what is asked of progression on each drug of a line, and on each class with one of them."""
    drugs = _drugs_of(line, vocabulary)
    return tuple(of_drug("progressed_on", id_) for id_ in vocabulary.ids if vocabulary.members(id_) & drugs)


@rules.rule("metastatic_lines")
def early_therapy_with_a_number(case: Case) -> Iterator[Clash]:
    """(Neo)adjuvant therapy that carries the number of a line of metastatic therapy."""
    for index, line in enumerate(case.systemic.lines.items):
        if line.setting in EARLY and line.line is not None:
            place = f"systemic.lines[{index}]"
            yield Clash(
                tr("row {n} is recorded as {setting}, yet as line {line} of metastatic therapy").format(
                    n=index + 1, setting=line.setting, line=line.line
                ),
                (f"{place}.setting", f"{place}.line"),
            )


@rules.rule_with_drugs("origin", "months_since_adjuvant_her2", "metastatic_lines")
def early_therapy_of_de_novo_disease(case: Case, vocabulary: Vocabulary) -> Iterator[Clash]:
    """Metastatic from the start, and (neo)adjuvant therapy; in doubt is also when its drugs were given."""
    if case.tumour.origin != "de_novo":
        return
    for index, line in enumerate(case.systemic.lines.items):
        if line.setting in EARLY:
            ids = sorted(_drugs_of(line, vocabulary))
            yield Clash(
                tr("recorded as metastatic from the start, yet line {n} as {setting} therapy").format(
                    n=index + 1, setting=line.setting
                ),
                ("tumour.origin", f"systemic.lines[{index}].setting"),
                tuple(of_drug(family, id_) for id_ in ids for family in ("early_only", "given_metastatic")),
            )


@rules.rule_with_drugs("metastatic_lines")
def numbers_against_dates(case: Case, vocabulary: Vocabulary) -> Iterator[Clash]:
    """Rows of different numbers that start together, or of one number that do not belong together; the first two."""
    for one, other in disputed_numbers(case.systemic.lines.items, vocabulary)[:1]:
        numbers = [case.systemic.lines.items[row - 1].line for row in (one, other)]
        same = tr("rows {a} and {b} both have the number {n}, yet their dates, drugs and reasons make two lines")
        apart = tr("rows {a} and {b} have the numbers {n} and {m}, yet their dates, drugs and reasons make one line")
        yield Clash(
            (same if numbers[0] == numbers[1] else apart).format(a=one, b=other, n=numbers[0], m=numbers[1]),
            (f"systemic.lines[{one - 1}].line", f"systemic.lines[{other - 1}].line"),
        )


@rules.rule_with_drugs("metastatic_lines")
def number_stated_against_list(case: Case, vocabulary: Vocabulary) -> Iterator[Clash]:
    """A stated number of lines that the listed rows, with their dates, cannot make."""
    listed, stated = disagreement(case, vocabulary), case.systemic.lines_stated
    if listed and stated:
        yield Clash(
            tr("{stated} lines of metastatic therapy stated, the list makes {listed}").format(
                stated=stated_words(stated), listed=listed
            ),
            ("systemic.lines_stated", "systemic.lines"),
        )


@rules.rule("metastatic_lines", "months_since_adjuvant_her2")
def cycles_against_months(case: Case) -> Iterator[Clash]:
    """More cycles than so many months take, or fewer."""
    for index, line in enumerate(case.systemic.lines.items):
        if disagreeing(line):
            place = f"systemic.lines[{index}]"
            words = tr("line {n}: {cycles} cycles, yet {months:g} months")
            yield Clash(
                words.format(n=index + 1, cycles=line.cycles, months=line.months),
                (f"{place}.cycles", f"{place}.months"),
            )


@rules.rule("metastatic_lines", "months_since_adjuvant_her2")
def duration_against_dates(case: Case) -> Iterator[Clash]:
    """Start and stop further apart, or nearer, than the row is said to have lasted."""
    for index, line in enumerate(case.systemic.lines.items):
        took = lasted(line)
        if took is None or line.start is None or line.stop is None:
            continue
        start, stop = line.start.span, line.stop.span
        longest = (stop.high - start.low).days if stop.high and start.low else None
        shortest = (stop.low - start.high).days if stop.low and start.high else None
        if (longest is not None and longest < took[0]) or (shortest is not None and shortest > took[1]):
            place = f"systemic.lines[{index}]"
            yield Clash(
                tr("line {n}: {given}, yet from {start} to {stop}").format(
                    n=index + 1, given=duration_words(line), start=line.start.shown(), stop=line.stop.shown()
                ),
                (f"{place}.{'cycles' if line.cycles else 'months'}", f"{place}.stop"),
            )


@rules.rule_with_drugs()
def overlapping(case: Case, vocabulary: Vocabulary) -> Iterator[Clash]:
    """A line that ends after a later one starts; drugs of one line may overlap, and so may a steroid beside it."""
    rows = [(n, line) for n, line in enumerate(case.systemic.lines.items) if not _beside(line, vocabulary)]
    for (index, line), (later, following) in combinations(rows, 2):
        if following.start is None or following.continues_line or may_start_together(line, following):
            continue
        words = {"n": index + 1, "next": later + 1, "start": following.start.shown()}
        places = f"systemic.lines[{index}]", f"systemic.lines[{later}].start"
        early = {line.setting, following.setting} & {*EARLY}
        doubtful = () if early else ("metastatic_lines", "her2_therapy_ongoing")
        if line.stop and line.stop.surely_after(following.start):
            text = tr("line {n} stops {stop}, after line {next} starts {start}")
            yield Clash(text.format(stop=line.stop.shown(), **words), (f"{places[0]}.stop", places[1]), doubtful)
        elif line.ongoing:
            text = tr("line {n} is recorded as ongoing, yet line {next} starts {start}")
            yield Clash(
                text.format(**words), (f"{places[0]}.ongoing", places[1]), doubtful, _drugs_of(line, vocabulary)
            )


def _beside(line: SystemicLine, vocabulary: Vocabulary) -> bool:
    """Tell whether a row holds nothing but drugs that support treatment."""
    drugs = line.drugs or ()
    return bool(drugs) and all(map(vocabulary.is_supportive, drugs))


@rules.rule("extracranial")
def absent_yet_with_sites(case: Case) -> Iterator[Clash]:
    """No disease outside the brain, and its sites."""
    sites = case.systemic.extracranial_sites
    if case.systemic.extracranial == "absent" and sites:
        yield Clash(
            tr("disease outside the brain recorded as absent, yet in: {sites}").format(sites=", ".join(sites)),
            ("systemic.extracranial", "systemic.extracranial_sites"),
        )
