"""Finding trials."""

from her2board.evidence.search import Search, Wanted, drugs_studied


def ids(library, **wanted) -> list[str]:
    return [trial.id for trial, _ in Search(library).find(Wanted(**wanted))]


def test_a_trial_is_found_by_brand_registry_number_and_author(library) -> None:
    assert "destiny-breast12" in ids(library, words="enhertu")
    assert ids(library, words="NCT04739761") == ["destiny-breast12"]
    assert "destiny-breast12" in ids(library, words="harbeck 2024")


def test_every_word_must_stand_in_the_record(library) -> None:
    assert ids(library, words="destiny nosuchword") == []


def test_a_class_filter_keeps_only_the_cohorts_of_that_class(library) -> None:
    found = Search(library).find(Wanted(cns_class="leptomeningeal"))
    assert found
    assert {cohort.cns_class for _, cohorts in found for cohort in cohorts} == {"leptomeningeal"}


def test_drug_and_design_filters_hold_together(library) -> None:
    found = Search(library).find(Wanted(drug="tucatinib", design="randomised"))
    assert "her2climb" in [trial.id for trial, _ in found]
    assert {trial.design for trial, _ in found} == {"randomised"}
    for trial, cohorts in found:
        assert all("tucatinib" in (cohort.study_drugs or trial.study_drugs) for cohort in cohorts)


def test_drugs_are_offered_by_name(library) -> None:
    names = [name for _, name in drugs_studied(library)]
    assert names == sorted(names, key=str.casefold)
    assert "tucatinib" in names
