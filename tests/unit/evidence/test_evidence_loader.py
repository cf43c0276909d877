"""A release with any problem is refused as a whole; every problem is reported once, with file and line."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from her2board import paths
from her2board.evidence.library import EvidenceLibrary
from her2board.evidence.loader import load_release, problems_of
from her2board.evidence.problems import BrokenReleaseError, Problem

SOURCE = "{ref: one-2024, locator: abstract, read_in: primary_abstract}"
FILES = {
    "release.yaml": f"""\
version: '2026.11'
as_of: '2026-11-20'
review_by: '2027-02-18'
amber_after_days: 90
red_after_days: 180
look_again:
- {{kind: formulary, days: 60, source: {SOURCE}}}
- {{kind: radiotherapy, days: 60, source: {SOURCE}}}
- {{kind: trials, days: 60, source: {SOURCE}}}
- {{kind: statements, days: 60, source: {SOURCE}}}
""",
    "regimens/drugs.yaml": """\
classes:
  - {id: her2_tki, name: HER2 TKI}
drugs:
  - {id: tucatinib, name: tucatinib, short: tucatinib, classes: [her2_tki]}
""",
    "pause/before-wbrt.yaml": f"""\
disciplines: []
must_know: []
alternatives: []
reasonable: []
context: []
if_chosen: []
deferral: []
local_first: {{id: local-first, name: Local first, text: Local first., source: {SOURCE}}}
""",
    "conflicts.yaml": "conflicts: []\n",
    "references/one-2024.yaml": "id: one-2024\nshort: One 2024\nkind: article\nyear: 2024\n",
    "guidelines/body.yaml": f"""\
id: body
body: Body
year: 2024
title: Guideline
ref: one-2024
statements:
- id: first
  topic: topic
  options: [drug]
  text: May be discussed.
  direction: informs
  source: {SOURCE}
""",
    "options/drug.yaml": f"""\
id: drug
kind: systemic
name: Drug
order: 1
drugs: [tucatinib]
trials: [one]
conditions:
- text: HER2-positive
  when: {{fact: her2_status, is: positive}}
  source: {SOURCE}
""",
    "cautions/one.yaml": f"""\
id: caution
name: A caution
text: Take care.
options: [drug]
when: {{fact: ild_history, is: true}}
source: {SOURCE}
""",
    "trials/one.yaml": f"""\
id: one
name: ONE
year: 2024
design: single_arm
prospective: true
regimen: tucatinib
study_drugs: [tucatinib]
source: {SOURCE}
criteria_read: abstract
criteria_read_on: '2026-11-20'
entry:
  - text: ECOG 0 or 1
    when: {{fact: ecog, at_most: 1}}
    source: {SOURCE}
cohorts:
  - id: all
    label: All
    cns_class: mixed
    not_read: [pregnant]
    endpoints:
      - kind: cns_response
        unit: percent
        value: 50.0
        interval: {{low: 40.0, high: 60.0}}
        counts: {{n: 10, of: 20}}
        source: {SOURCE}
""",
}


@pytest.fixture
def release(tmp_path: Path) -> Path:
    """A small release without a problem."""
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def change(release: Path, file: str, old: str, new: str) -> None:
    path = release / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} is {text.count(old)} times in {file}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def line(release: Path, file: str, part: str) -> int:
    texts = (release / file).read_text(encoding="utf-8").splitlines()
    return next(number for number, text in enumerate(texts, 1) if part in text)


def the_problem(release: Path) -> Problem:
    with pytest.raises(BrokenReleaseError) as error:
        load_release(release)
    (problem,) = error.value.problems
    return problem


def test_the_small_release_has_no_problem(release: Path) -> None:
    assert problems_of(release) == ()
    assert [trial.id for trial in load_release(release).trials] == ["one"]


TRIAL, OPTION, RELEASE = "trials/one.yaml", "options/drug.yaml", "release.yaml"
REFERENCE, GUIDELINE, DRUGS = "references/one-2024.yaml", "guidelines/body.yaml", "regimens/drugs.yaml"
ECOG = "{fact: ecog, at_most: 1}"

BAD: list[tuple[str, str, str, str, str]] = [
    (TRIAL, "year: 2024", "year: 2024\nyear: 2025", "year: 2025", "the key 'year' is a duplicate"),
    (
        TRIAL,
        "interval: {low: 40.0, high: 60.0}",
        "interval: {low: 40.0, low: 1.0, high: 60.0}",
        "low: 1.0",
        "'low' is a duplicate",
    ),
    (TRIAL, "prospective: true", "prospective: yes", "prospective", "found: 'yes'"),
    (TRIAL, "prospective: true", "prospective: on", "prospective", "found: 'on'"),
    (TRIAL, "value: 50.0", "value: 5e1", "value: 5e1", "found: '5e1'"),
    (TRIAL, "value: 50.0", "value: 1:30", "value: 1:30", "found: '1:30'"),
    (TRIAL, "value: 50.0", "value: 050", "value: 050", "found: '050'"),
    (TRIAL, "year: 2024", "year: 0o3750", "year", "found: '0o3750'"),
    (TRIAL, "year: 2024", "year: 2024-01-01", "year", "found: '2024-01-01'"),
    (TRIAL, "name: ONE", "name: NO\nnick: x", "nick", "nick: Extra inputs are not permitted"),
    (TRIAL, "regimen: tucatinib\n", "", "id: one", "regimen: Field required"),
    (TRIAL, "fact: ecog", "fact: ecogg", "fact: ecogg", "no fact is called 'ecogg'"),
    (TRIAL, ECOG, "{fact: ecog, is: true}", "fact: ecog", "'is' does not fit 'ecog', which is a number"),
    (
        TRIAL,
        ECOG,
        "{fact: her2_status, is: good}",
        "is: good",
        "'her2_status' is one of positive, low, negative, not 'good'",
    ),
    (TRIAL, ECOG, "{fact: symptoms, is: absent}", "is: absent", "'symptoms' is true or false, not 'absent'"),
    (TRIAL, ECOG, "{fact: ecog, at_most: '1'}", "fact: ecog", "'at_most' cannot take '1'"),
    (TRIAL, ECOG, "{fact: ecog, atmost: 1}", "atmost", "a comparison has 'fact' and one of"),
    (TRIAL, ECOG, "{fact: ecog, between: [2, 1]}", "between", "'between' cannot take (2, 1)"),
    (TRIAL, ECOG, "{fact: last_wbrt, at_least_days_before: 7.5}", "last_wbrt", "cannot take 7.5"),
    (TRIAL, ECOG, "{all: []}", "all: []", "at least 1 item"),
    (TRIAL, "not_read: [pregnant]", "not_read: [pregnancy]", "not_read", "no fact is called 'pregnancy'"),
    (TRIAL, "not_read: [pregnant]", "not_read: [{pregnant: 1}]", "not_read", "Input should be a valid string"),
    (
        TRIAL,
        "study_drugs: [tucatinib]",
        "study_drugs: [enhertu]",
        "study_drugs",
        "no drug or class is called 'enhertu'",
    ),
    (TRIAL, "kind: cns_response", "kind: brain_response", "brain_response", "found: 'brain_response'"),
    (TRIAL, "low: 40.0", "low: 55.0", "cns_response", "the interval 55.0 to 60.0 does not contain the value 50.0"),
    (TRIAL, "value: 50.0", "value: 101.0", "cns_response", "does not contain the value 101.0"),
    (TRIAL, "{n: 10, of: 20}", "{n: 21, of: 20}", "counts", "n 21 is larger than N 20"),
    (TRIAL, "{n: 10, of: 20}", "{n: 12, of: 20}", "cns_response", "12/20 is 60.0 %, not 50.0 %"),
    (
        TRIAL,
        "value: 50.0",
        "value: 50.0\n        not_reached: true",
        "cns_response",
        "either given or 'not_reached: true'",
    ),
    (TRIAL, "kind: cns_response", "kind: pfs_rate", "pfs_rate", "'pfs_rate' needs 'at_months'"),
    (TRIAL, "kind: cns_response", "kind: harm", "harm", "'harm' needs 'event'"),
    (TRIAL, "year: 2024", "year: 2027", "year", "year 2027 is after the release's as_of 2026-11-20"),
    (TRIAL, "regimen: tucatinib", "regimen: tucatinib\ncontains: [two]", "contains", "no trial is called 'two'"),
    (
        TRIAL,
        "cns_class: mixed",
        "cns_class: mixed\n    same_patients_as: [two/all]",
        "two/all",
        "no cohort is called 'two/all'",
    ),
    (TRIAL, "cns_class: mixed", "cns_class: quiet", "quiet", "found: 'quiet'"),
    (REFERENCE, "year: 2024", "year: 2031", "year", "year 2031 is after"),
    (REFERENCE, "kind: article", "kind: article\ndoi: doi.org/10.1/x", "doi", "found: 'doi.org/10.1/x'"),
    (OPTION, "drugs: [tucatinib]", "drugs: [her2_tki]", "her2_tki", "no drug is called 'her2_tki'"),
    (OPTION, "trials: [one]", "trials: [two]", "trials", "no trial is called 'two'"),
    (
        OPTION,
        "when: {fact: her2_status, is: positive}",
        "when: {fact: her2_status, is: positive}\n  left_open: {why: only by agreement}",
        "left_open",
        "conditions.0.left_open: Extra inputs are not permitted",
    ),
    (OPTION, "order: 1", "order: '1'", "order", "found: '1'"),
    ("cautions/one.yaml", "options: [drug]", "options: [drugs]", "options", "no option is called 'drugs'"),
    (
        GUIDELINE,
        "ref: one-2024\nstatements",
        "ref: two-2024\nstatements",
        "ref: two",
        "no reference is called 'two-2024'",
    ),
    (GUIDELINE, "options: [drug]", "options: [none]", "options", "no option is called 'none'"),
    (RELEASE, "review_by: '2027-02-18'", "review_by: '2026-11-20'", "review_by", "is not after as_of"),
    (RELEASE, "as_of: '2026-11-20'", "as_of: 2026-11", "as_of", "found: '2026-11'"),
    (DRUGS, "id: tucatinib", "id: Tucatinib", "Tucatinib", "found: 'Tucatinib'"),
    ("conflicts.yaml", "conflicts: []", "conflicts: [", "conflicts", "not readable as YAML"),
]


@pytest.mark.parametrize(
    ("file", "old", "new", "where", "words"), BAD, ids=[f"{n}-{row[4][:38]}" for n, row in enumerate(BAD)]
)
def test_a_bad_record_is_refused_with_file_line_and_words(
    release: Path, file: str, old: str, new: str, where: str, words: str
) -> None:
    change(release, file, old, new)
    problems = list(problems_of(release))
    assert problems, "the release was taken as it is"
    (problem,) = problems
    assert words in problem.message
    assert problem.file == file
    assert problem.line in range(line(release, file, where) - 1, line(release, file, where) + 2), str(problem)


def test_a_missing_reference_is_named_where_it_is_cited(release: Path) -> None:
    change(release, "cautions/one.yaml", "ref: one-2024", "ref: two-2024")
    problem = the_problem(release)
    assert str(problem) == "cautions/one.yaml:6: no reference is called 'two-2024'; did you mean 'one-2024'?"


def test_a_reference_that_was_taken_away_is_missed_everywhere(release: Path) -> None:
    change(release, REFERENCE, "id: one-2024", "id: other-2024")
    files = {problem.file for problem in problems_of(release)}
    assert files == {TRIAL, OPTION, GUIDELINE, "cautions/one.yaml", "pause/before-wbrt.yaml", "release.yaml"}


@pytest.mark.parametrize("file", [TRIAL, OPTION, REFERENCE, GUIDELINE, "cautions/one.yaml"])
def test_an_id_that_two_records_have_is_refused(release: Path, file: str) -> None:
    original = release / file
    shutil.copy(original, original.with_name("z-copy.yaml"))
    found = [problem for problem in problems_of(release) if "is a duplicate" in problem.message]
    assert found
    assert {problem.file for problem in found} == {f"{Path(file).parent}/z-copy.yaml"}
    assert all(problem.line for problem in found)


def test_two_cohorts_of_a_trial_with_one_id_are_refused(release: Path) -> None:
    text = (release / TRIAL).read_text(encoding="utf-8")
    (release / TRIAL).write_text(text + text[text.index("  - id: all") :], encoding="utf-8")
    problem = the_problem(release)
    assert "the cohort 'all' is a duplicate in this trial" in problem.message
    assert problem.line == len((text + "  - id: all").splitlines())


def test_a_conflict_names_statements_that_exist(release: Path) -> None:
    (release / "conflicts.yaml").write_text(
        "conflicts:\n- id: clash\n  topic: Topic\n  sides: [first, second]\n  note: They differ.\n", encoding="utf-8"
    )
    problem = the_problem(release)
    assert (problem.line, problem.message) == (4, "no statement is called 'second'")


def test_all_problems_are_reported_together_in_order(release: Path) -> None:
    change(release, TRIAL, "name: ONE", "name: ''")
    change(release, TRIAL, "value: 50.0", "value: fifty")
    change(release, OPTION, "order: 1", "order: first")
    change(release, REFERENCE, "kind: article", "kind: book")
    with pytest.raises(BrokenReleaseError) as error:
        load_release(release)
    places = [(problem.file, problem.line) for problem in error.value.problems]
    assert places == sorted(places)
    assert {file for file, _ in places} == {TRIAL, OPTION, REFERENCE}
    assert str(error.value).startswith("the evidence release has 4 problems; nothing is assessed:")
    assert len(str(error.value).splitlines()) == 5


def test_the_shape_of_a_record_and_what_it_names_are_reported_together(release: Path) -> None:
    change(release, TRIAL, "year: 2024", "year: later")
    change(release, TRIAL, "fact: ecog", "fact: ecogg")
    change(release, TRIAL, "not_read: [pregnant]", "not_read: [pregnancy]")
    change(release, TRIAL, "study_drugs: [tucatinib]", "study_drugs: [tucatinib, enhertu]")
    change(release, OPTION, "order: 1", "order: first")
    change(release, OPTION, "trials: [one]", "trials: [on]")
    assert [str(problem) for problem in problems_of(release)] == [
        "options/drug.yaml:4: order: Input should be a valid integer (found: 'first')",
        "options/drug.yaml:6: no trial is called 'on'; did you mean 'one'?",
        "trials/one.yaml:3: year: Input should be a valid integer (found: 'later')",
        "trials/one.yaml:7: no drug or class is called 'enhertu'",
        "trials/one.yaml:13: no fact is called 'ecogg'; did you mean 'ecog'?",
        "trials/one.yaml:19: no fact is called 'pregnancy'; did you mean 'pregnant', 'urgency'?",
    ]


def test_the_fact_of_a_comparison_that_cannot_be_read_is_looked_up_all_the_same(release: Path) -> None:
    change(release, TRIAL, ECOG, "{fact: ecogg, atmost: 1}")
    messages = [problem.message for problem in problems_of(release)]
    assert any("a comparison has 'fact' and one of" in message for message in messages)
    assert "no fact is called 'ecogg'; did you mean 'ecog'?" in messages
    assert len(messages) == 2


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (REFERENCE, "kind: article", "kind: book"),
        (TRIAL, "year: 2024", "year: later"),
        (OPTION, "order: 1", "order: first"),
        (GUIDELINE, "direction: informs", "direction: east"),
        (TRIAL, "id: one\n", ""),
        (GUIDELINE, "- id: first\n  topic: topic", "- topic: topic"),
        (TRIAL, "id: one\n", "id: [\n"),
        (GUIDELINE, "id: body\n", "id: [\n"),
    ],
)
def test_a_record_with_a_problem_makes_none_for_those_that_name_it(
    release: Path, file: str, old: str, new: str
) -> None:
    (release / "conflicts.yaml").write_text(
        "conflicts:\n- id: clash\n  topic: Topic\n  sides: [first, first]\n  note: They differ.\n", encoding="utf-8"
    )
    change(release, file, old, new)
    assert the_problem(release).file == file


def test_facts_and_drugs_are_not_looked_up_in_a_list_of_drugs_that_cannot_be_used(release: Path) -> None:
    change(release, DRUGS, "classes: [her2_tki]}", "classes: []}")
    assert the_problem(release).file == DRUGS


def test_a_value_of_no_possible_form_is_reported_once(release: Path) -> None:
    change(release, TRIAL, ECOG, "{fact: ecog, at_most: {high: 1}}")
    assert the_problem(release).message == "entry.0.when: fits none of the forms it may have"


def test_every_contradiction_of_one_endpoint_is_in_its_message(release: Path) -> None:
    change(release, TRIAL, "kind: cns_response", "kind: pfs_rate")
    change(release, TRIAL, "low: 40.0", "low: 55.0")
    change(release, TRIAL, "{n: 10, of: 20}", "{n: 12, of: 20}")
    message = the_problem(release).message
    for part in ("does not contain the value 50.0", "'pfs_rate' needs 'at_months'", "12/20 is 60.0 %, not 50.0 %"):
        assert part in message


def test_every_wrong_choice_of_a_comparison_has_its_own_line(release: Path) -> None:
    change(release, TRIAL, ECOG, "{fact: her2_status, any_of: [good, positive,\n      bad]}")
    found = [(problem.line, problem.message) for problem in problems_of(release)]
    first = line(release, TRIAL, "any_of")
    assert found == [
        (first, "'her2_status' is one of positive, low, negative, not 'good'"),
        (first + 1, "'her2_status' is one of positive, low, negative, not 'bad'"),
    ]


def test_problems_between_records_are_reported_together(release: Path) -> None:
    change(release, TRIAL, "fact: ecog", "fact: ecogg")
    change(release, OPTION, "trials: [one]", "trials: [two]")
    assert len(list(problems_of(release))) == 2


def _remove(path: Path) -> None:
    path.unlink()


def _foreign(path: Path) -> None:
    path.write_bytes(b"\xff\xfe")


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize("spoil", [_remove, _foreign, _folder])
def test_a_file_that_cannot_be_read_is_named(release: Path, spoil: Callable[[Path], None]) -> None:
    spoil(release / DRUGS)
    problem = the_problem(release)
    assert str(problem).startswith(f"{DRUGS}: cannot be read")
    assert "Errno" not in str(problem)
    assert "/" not in str(problem).removeprefix(DRUGS), "the file is named already"


@pytest.mark.parametrize("text", ["", "[]", "just words", "\x00"])
def test_a_document_that_is_no_record_is_refused(release: Path, text: str) -> None:
    (release / OPTION).write_text(text, encoding="utf-8")
    assert {problem.file for problem in problems_of(release)} == {OPTION}


def test_the_hash_of_a_release_follows_every_file(release: Path) -> None:
    before = load_release(release).content_hash
    assert load_release(release).content_hash == before
    change(release, REFERENCE, "short: One 2024", "short: One, 2024")
    assert load_release(release).content_hash != before


def test_the_shipped_release_with_one_bad_value_is_refused(tmp_path: Path) -> None:
    copy = tmp_path / "evidence"
    shutil.copytree(paths.evidence_dir(), copy)
    path = copy / "trials" / "destiny-breast12.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("value: 61.6", "value: 161.6"), encoding="utf-8")
    problem = the_problem(copy)
    assert problem.file == "trials/destiny-breast12.yaml"
    assert "161.6" in problem.message


def test_the_library_finds_records_by_id(library: EvidenceLibrary) -> None:
    trial, cohort = library.cohorts_by_id["debbrah/cohort-5"]
    assert (trial.name, cohort.id) == ("DEBBRAH", "cohort-5")
    for wrong in ("nothing/all", "debbrah/nothing"):
        assert wrong not in library.cohorts_by_id
    assert library.cite(trial.source).id == trial.source.ref


def test_a_release_without_its_limits_of_age_is_refused(release: Path) -> None:
    change(release, "release.yaml", "red_after_days: 180\n", "")
    assert "red_after_days" in the_problem(release).message


def test_a_release_names_a_limit_for_each_kind_of_local_entry(release: Path) -> None:
    change(release, "release.yaml", "kind: trials", "kind: statements")
    assert "name each kind of local entry once" in the_problem(release).message
