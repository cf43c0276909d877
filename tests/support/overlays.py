"""The local file of an invented clinic: a formulary, radiosurgery by referral, one open trial, one statement."""

from her2board.evidence.library import EvidenceLibrary
from her2board.evidence.overlay_file import parse_overlay

RIVERSIDE = """\
format: her2board-local-1
clinic: Riverside Cancer Centre
number: 3
changed_on: 2026-11-20
formulary:
- {drug: trastuzumab_deruxtecan, status: on_formulary, looked_at: 2026-11-02}
- {drug: tucatinib, status: needs_approval, note: form of the drug commission, looked_at: 2026-11-02}
- {option: pyrotinib-capecitabine, status: not_available, looked_at: 2026-03-01}
radiotherapy:
  radiosurgery: {access: by_referral, where: Lakeside Hospital, looked_at: 2026-10-01}
  hippocampal_avoidance: {access: here, looked_at: 2026-10-01}
trials:
- id: river-brain-1
  name: RIVER-BRAIN-1
  registry: NCT09999999
  contact: trials office, ext. 4711
  looked_at: 2026-11-12
  patients: active brain metastases, ECOG 0 to 1
  criteria:
  - {text: ECOG 0 or 1, when: {fact: ecog, at_most: 1}}
  - {text: no leptomeningeal disease, when: {fact: leptomeningeal_disease, is: false}}
statements:
- id: river-mri
  text: The brain MRI shown at the meeting is at most 14 days old.
  author: Dr A. Keller, radiation oncology
  looked_at: 2026-09-15
  options: [radiosurgery]
limits:
- {field: brain.imaging_date, days: 14}
"""


def beside_riverside(library: EvidenceLibrary, text: str = RIVERSIDE) -> EvidenceLibrary:
    """Return a release with the local file of the invented clinic beside it."""
    return library.with_overlay(parse_overlay(text, "riverside.yaml", library))


_LONG = "a text as long as the field takes, written by somebody who had a lot to say about it "


def long_overlay(library: EvidenceLibrary) -> str:
    """Return a local file with every drug, every option, eight trials and six statements, each text at its longest."""
    access = [
        *(f"- {{drug: {id_}, status: needs_approval, looked_at: 2024-01-01}}" for id_ in library.vocabulary.drugs),
        *(f"- {{option: {id_}, status: not_available, looked_at: 2024-01-01}}" for id_ in library.options_by_id),
    ]
    texts = {
        "name": f"{(_LONG * 2)[:159]}x",
        "contact": f"{(_LONG * 2)[:159]}x",
        "patients": f"{(_LONG * 2)[:159]}x",
    }
    criterion = f"[{{text: '{(_LONG * 2)[:159]}x', when: {{fact: kps, at_least: 70}}}}]"
    trials = [
        f"- {{id: local-{n}, looked_at: 2024-01-01, {', '.join(f'{k}: {v!r}' for k, v in texts.items())}, "
        f"criteria: {criterion}}}"
        for n in range(8)
    ]
    said = [
        f"- {{id: said-{n}, text: '{(_LONG * 4)[:299]}x', author: '{(_LONG * 2)[:159]}x', looked_at: 2024-01-01}}"
        for n in range(6)
    ]
    services = "{access: by_referral, where: '" + (_LONG * 2)[:159] + "x', looked_at: 2024-01-01}"
    return "\n".join(
        (
            "format: her2board-local-1",
            f"clinic: '{(_LONG * 2)[:159]}x'",
            "number: 1",
            "changed_on: 2024-01-01",
            "formulary:",
            *access,
            f"radiotherapy: {{radiosurgery: {services}, hippocampal_avoidance: {services}}}",
            "trials:",
            *trials,
            "statements:",
            *said,
            "",
        )
    )
