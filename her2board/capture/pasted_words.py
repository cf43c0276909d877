"""What spreadsheets and reports call the columns and terms of a case's lists, in lower case.

A word stands here only when it can mean one term: a lesion called "stable" may be treated or not, so it stands nowhere.
"""

HEADINGS: dict[str, tuple[str, ...]] = {
    "site": ("location", "region", "lesion", "lesion site", "target", "specimen", "specimen site", "biopsy site"),
    "diameter_mm": ("diameter", "size", "largest diameter", "longest diameter", "max diameter", "long axis"),
    "perpendicular_mm": ("perpendicular", "perpendicular diameter", "short axis", "width"),
    "state": ("status", "class"),
    "treated_on": ("date treated", "treatment date"),
    "note": ("notes", "comment", "comments", "remark", "remarks"),
    "kind": ("type", "modality", "treatment", "therapy", "procedure"),
    "day": ("date", "last fraction", "specimen date", "biopsy date", "date of surgery", "treatment date"),
    "dose_gy": ("dose", "total dose"),
    "fractions": ("fx", "no of fractions", "number of fractions"),
    "volume_ml": ("volume", "target volume"),
    "hippocampal_avoidance": ("hippocampal avoidance", "ha"),
    "result": ("outcome", "response"),
    "drugs": ("drug", "regimen", "treatment", "therapy", "agent", "agents", "systemic therapy", "systemic treatment"),
    "setting": ("intent",),
    "start": ("started", "from", "start date", "first dose", "begin", "began"),
    "stop": ("stopped", "end", "ended", "to", "until", "stop date", "end date", "last dose"),
    "best_response": ("response", "bor"),
    "reason_stopped": ("reason", "reason for stopping", "reason for discontinuation", "why stopped"),
    "progressed_in": ("site of progression", "progression site", "progression in"),
    "ihc": ("her2 ihc",),
    "ish": ("fish", "her2 ish", "her2 fish", "her2 ish result"),
    "ish_ratio": ("ratio", "fish ratio", "her2 cep17 ratio", "her2 cep17"),
    "her2_copies": ("copy number", "her2 copy number", "copies"),
    "her2_stated": ("her2", "her2 status"),
    "er": ("er status", "oestrogen receptor", "estrogen receptor"),
    "er_percent": ("er %",),
    "pr": ("pr status", "pgr", "progesterone receptor"),
    "pr_percent": ("pr %", "pgr %"),
    "ki67_percent": ("ki67", "ki 67", "ki67 %", "ki 67 %"),
    "discipline": ("specialty", "department"),
    "by": ("who", "name"),
    "view": ("opinion", "comment"),
    "option": ("alternative",),
    "what": ("item", "outstanding", "to do"),
    "owner": ("responsible", "who"),
    "due": ("due date", "by when"),
    "done": ("completed",),
}
_Terms = dict[str, tuple[str, ...]]
_RECEPTOR: _Terms = {"positive": ("pos", "+"), "negative": ("neg",)}
TERMS: dict[str, _Terms] = {
    "kind": {
        "surgery": ("resection", "craniotomy", "metastasectomy"),
        "radiosurgery": ("srs", "srt", "fsrt", "fsrs", "stereotactic radiosurgery", "stereotactic radiotherapy"),
        "whole_brain": ("wbrt", "whole brain radiotherapy", "whole-brain radiotherapy", "wbi"),
    },
    "setting": {
        "neoadjuvant": ("neo-adjuvant",),
        "metastatic": ("palliative", "mbc"),
    },
    "best_response": {
        "complete": ("cr", "complete response"),
        "partial": ("pr", "partial response"),
        "stable": ("sd", "stable disease"),
        "progression": ("pd", "progressive disease"),
        "not_evaluable": ("ne", "not evaluable"),
    },
    "reason_stopped": {
        "progression": ("pd", "progressive disease", "progressed"),
        "toxicity": ("adverse event", "side effects", "ae"),
        "completed": ("complete", "finished", "end of treatment"),
        "patient_choice": ("patient's choice", "patient wish", "declined"),
    },
    "progressed_in": {
        "brain": ("cns", "intracranial"),
        "body": ("extracranial", "systemic"),
        "brain_and_body": ("both", "brain and body"),
    },
    "state": {
        "treated_stable": ("treated, stable", "treated and stable"),
        "treated_progressing": ("treated, progressing", "treated and progressing"),
    },
    "ihc": {"0": ("ihc 0",), "1+": ("1", "ihc 1+"), "2+": ("2", "ihc 2+"), "3+": ("3", "ihc 3+")},
    "ish": {"positive": ("pos", "+", "amplified"), "negative": ("neg", "not amplified", "non-amplified")},
    "her2_stated": _RECEPTOR,
    "er": _RECEPTOR,
    "pr": _RECEPTOR,
    "status": {"heard": ("consulted", "seen"), "not_needed": ("not required",)},
}
