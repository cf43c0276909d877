"""The files of a new trial as somebody fills them in: an invented one."""

import re
from pathlib import Path

_FILLED_IN = {
    "trials/invented-1.yaml": {
        "name:": "name: INVENTED-1, no real trial",
        "year:": "year: 2025",
        "design:": "design: single_arm",
        "prospective:": "prospective: true",
        "regimen:": "regimen: tucatinib",
        "study_drugs:": "study_drugs: [tucatinib]",
        "criteria_read:": "criteria_read: abstract",
        "criteria_read_on:": "criteria_read_on: '2026-11-20'",
        "  locator:": "  locator: abstract",
        "  read_in:": "  read_in: primary_abstract",
        "  - id:": "  - id: active",
        "    label:": "    label: Active",
        "    cns_class:": "    cns_class: active",
        "      value:": "      value: 20",
    },
    "references/invented-1.yaml": {"short:": "short: Nobody 2025, invented", "kind:": "kind: article"},
}
_ENDPOINTS = (
    "    endpoints:\n      - {kind: cns_response, unit: percent, value: 50, counts: {n: 10, of: 20},\n"
    "         source: {ref: invented-1, locator: abstract, read_in: primary_abstract}}\n    #"
)


def fill_in(release: Path, *, figure: bool = False) -> None:
    """Fill in what a skeleton of the trial 'invented-1' leaves empty; with a response of its cohort where asked for."""
    for name, lines in _FILLED_IN.items():
        path = release / name
        text = path.read_text(encoding="utf-8")
        more = {"    endpoints:": _ENDPOINTS} if figure and name.startswith("trials/") else {}
        for empty, full in {**lines, **more}.items():
            text, count = re.subn(rf"^{empty}(?= |$)", full, text, count=1, flags=re.MULTILINE)
            assert count == 1, empty
        path.write_text(text, encoding="utf-8")
