"""Numbers of the case with what people write around them."""

from her2board.capture.stated_numbers import read_stated
from her2board.capture.typed import Typed
from her2board.case.fields import field_by_path


def read(path: str, text: str) -> Typed:
    field = field_by_path()[path]
    return read_stated(field, text, field.info.unit)


def test_the_name_of_a_scale_and_its_signs_may_be_written_with_the_number() -> None:
    written = {
        "patient.ecog": {"ECOG 1": 1, "PS 1": 1, "ECOG PS: 2": 2, "WHO 0": 0, "II": 2, "ECOG I": 1, "PS (ECOG) 1": 1},
        "patient.kps": {"80%": 80, "KPS 80 %": 80, "Karnofsky 70": 70, "Karnofsky-Index 90%": 90, "80/100": 80},
        "patient.age": {"52 y": 52, "52 yo": 52, "aged 52": 52, "52-year-old": 52, "52 J.": 52, "52 anni": 52},
        "organs.neuropathy_grade": {"G2": 2, "grade 2": 2, "Grad II": 2, "CTCAE 1": 1, "CTCAE v5.0 grade 1": 1},
    }
    for path, texts in written.items():
        for text, number in texts.items():
            assert read(path, text).value == number, text


def test_a_range_or_about_so_much_is_asked() -> None:
    asked = {
        "patient.ecog": {"1-2": [1, 2], "ECOG 1-2": [1, 2], "~1": [1]},
        "patient.kps": {"80-90": [80, 90], "KPS 80-90%": [80, 90]},
        "patient.age": {"~50": [50], "about 50 y": [50]},
        "organs.lvef_percent": {"55-60": [55, 60], "55-60 %": [55, 60], "ca. 60%": [60]},
    }
    for path, texts in asked.items():
        for text, numbers in texts.items():
            found = read(path, text)
            assert (found.value, [one.value for one in found.candidates]) == (None, numbers), text


def test_another_scale_a_limit_or_a_year_is_refused_with_the_reason() -> None:
    refused = {
        ("patient.ecog", "KPS 80%"): "'KPS 80%' is of another scale: enter it there",
        ("patient.kps", "ECOG 1"): "'ECOG 1' is of another scale: enter it there",
        ("patient.age", "1974"): "'1974' is a year, and an age is asked",
        ("organs.lvef_percent", ">55%"): "'>55%' is a limit, and one number is asked",
        ("patient.ecog", "none"): "'none' is not a number",
    }
    for (path, text), problem in refused.items():
        found = read(path, text)
        assert (found.value, found.candidates, found.problem) == (None, (), problem), text


def test_a_dose_that_is_given_several_times_a_day_is_asked_as_their_sum() -> None:
    sums = {"4 mg bd": 8, "2-2-0 mg": 4, "4mg twice daily": 8, "2 x 4 mg": 8, "4 mg tds": 12, "3x4 mg/d": 12}
    for text, dose in sums.items():
        found = read("neurology.dexamethasone_mg", text)
        assert (found.value, [one.value for one in found.candidates]) == (None, [dose]), text
    for text in ("4 mg", "4", "4 mg od", "4 mg/d", "4 mg daily", "4 mg 1-0-0"):
        assert read("neurology.dexamethasone_mg", text).value == 4, text


def test_a_number_with_words_behind_it_is_asked() -> None:
    asked = {
        ("organs.lvef_percent", "LVEF 58 % (echo 3/26)"): 58,
        ("patient.ecog", "ECOG: 2 (was 1)"): 2,
        ("patient.age", "52 years, 3 months"): 52,
    }
    for (path, text), number in asked.items():
        found = read(path, text)
        assert (found.value, [one.value for one in found.candidates]) == (None, [number]), text
