"""What spreadsheets, record systems and reports call the columns and terms of a case's lists, in plain lower case.

A word is listed only when it can mean one term: a lesion called "stable" may be treated or not, so it is not listed.
"""

HEADINGS: dict[str, tuple[str, ...]] = {
    "site": (
        *("location", "region", "lesion", "lesion site", "target", "specimen", "specimen site", "biopsy site"),
        *("lokalisation", "localisation", "sede", "localizacion", "localizacao", "sitio", "probe", "material"),
    ),
    "diameter_mm": (
        *("diameter", "size", "largest diameter", "longest diameter", "max diameter", "long axis", "size largest"),
        *("grosse", "groesse", "taille", "dimensioni", "tamano", "tamanho", "durchmesser", "maximum diameter"),
    ),
    "perpendicular_mm": ("perpendicular", "perpendicular diameter", "short axis", "width"),
    "state": ("status", "class"),
    "treated_on": ("date treated", "treatment date"),
    "note": ("notes", "comment", "comments", "remark", "remarks", "bemerkung", "remarque", "observaciones", "note"),
    "kind": ("type", "modality", "treatment", "therapy", "procedure", "technique", "therapie", "traitement"),
    "day": (
        *("date", "last fraction", "specimen date", "biopsy date", "date of surgery", "treatment date", "datum"),
        *("fecha", "data", "collected", "collection date", "date completed", "completion date", "end date"),
    ),
    "dose_gy": ("dose", "total dose", "prescription", "prescribed dose", "dosis", "gesamtdosis", "dose totale"),
    "fractions": ("fx", "no of fractions", "number of fractions", "fraktionen", "fractions", "#fx", "fx #"),
    "volume_ml": ("volume", "target volume"),
    "hippocampal_avoidance": ("hippocampal avoidance", "ha"),
    "result": ("outcome", "response"),
    "drugs": (
        *("drug", "regimen", "treatment", "therapy", "agent", "agents", "systemic therapy", "systemic treatment"),
        *("medication", "medications", "medication name", "drug name", "drugs", "medicine", "medicines", "substance"),
        *("protocol", "chemotherapy", "active ingredient", "generic name", "product", "order", "order name"),
        *("medikament", "wirkstoff", "therapie", "schema", "medicament", "traitement", "protocole", "molecule"),
        *("farmaco", "principio attivo", "medicamento", "tratamiento", "tratamento", "esquema"),
    ),
    "setting": ("intent", "intention", "treatment intent"),
    "start": (
        *("started", "from", "start date", "first dose", "begin", "began", "start dt", "date started", "cycle 1"),
        *("beginn", "von", "debut", "inizio", "inicio", "date de debut", "fecha de inicio", "onset", "ordered"),
    ),
    "stop": (
        *("stopped", "end", "ended", "to", "until", "stop date", "end date", "last dose", "end dt", "date stopped"),
        *("discontinued", "discontinued date", "ende", "bis", "fin", "fine", "fim", "date de fin", "fecha de fin"),
    ),
    "best_response": ("response", "bor", "best overall response"),
    "reason_stopped": (
        *("reason", "reason for stopping", "reason for discontinuation", "why stopped", "reason discontinued"),
        *("stop reason", "discontinuation reason", "grund", "motif", "motivo"),
    ),
    "progressed_in": ("site of progression", "progression site", "progression in"),
    "ihc": ("her2 ihc", "her2neu ihc", "her2 neu ihc", "her2 immunohistochemistry"),
    "ish": ("fish", "her2 ish", "her2 fish", "her2 ish result", "cish", "sish", "dish", "her2 neu fish"),
    "ish_ratio": ("ratio", "fish ratio", "her2 cep17 ratio", "her2 cep17"),
    "her2_copies": ("copy number", "her2 copy number", "copies"),
    "her2_stated": ("her2", "her2 status", "her2 neu"),
    "er": ("er status", "oestrogen receptor", "estrogen receptor", "re"),
    "er_percent": ("er %",),
    "pr": ("pr status", "pgr", "progesterone receptor", "rp"),
    "pr_percent": ("pr %", "pgr %"),
    "ki67_percent": ("ki67", "ki 67", "ki67 %", "ki 67 %", "mib1", "mib 1"),
    "discipline": ("specialty", "department"),
    "by": ("who", "name"),
    "view": ("opinion", "comment"),
    "option": ("alternative",),
    "what": ("item", "outstanding", "to do"),
    "owner": ("responsible", "who"),
    "due": ("due date", "by when"),
    "done": ("completed",),
}
BESIDE: frozenset[str] = frozenset(
    (
        *("dose", "dosage", "strength", "route", "frequency", "freq", "sig", "instructions", "form", "indication"),
        *(
            "cycles",
            "cycle",
            "no of cycles",
            "number of cycles",
            "schedule",
            "line",
            "line of therapy",
            "line no",
            "no",
        ),
        *(
            "quantity",
            "refills",
            "prescriber",
            "ordering provider",
            "provider",
            "pharmacy",
            "last filled",
            "ordered by",
        ),
        *("duration", "days", "status", "order status", "class", "therapeutic class", "rxnorm", "ndc", "atc", "code"),
        *("dosis", "dosierung", "applikation", "indikation", "posologie", "voie", "dosis dia", "via", "dosaggio"),
        *("series", "image", "slice", "sequence", "accession", "pathologist", "radiologist", "physician", "laboratory"),
    )
)
"""Headings of record systems that a list has no column for; they are headings all the same, and go to the note."""
_Terms = dict[str, tuple[str, ...]]
_RECEPTOR: _Terms = {"positive": ("pos", "+"), "negative": ("neg",)}
TERMS: dict[str, _Terms] = {
    "kind": {
        "surgery": ("resection", "craniotomy", "metastasectomy"),
        "radiosurgery": ("srs", "srt", "fsrt", "fsrs", "stereotactic radiosurgery", "stereotactic radiotherapy"),
        "whole_brain": ("wbrt", "whole brain radiotherapy", "whole-brain radiotherapy", "wbi"),
    },
    "setting": {
        "neoadjuvant": ("neo-adjuvant", "neoadjuvant", "neo adjuvant", "preoperative"),
        "adjuvant": ("postoperative",),
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
        "progression": ("pd", "progressive disease", "progressed", "disease progression"),
        "toxicity": ("adverse event", "side effects", "ae", "intolerance"),
        "completed": ("complete", "finished", "end of treatment", "treatment completed", "course completed"),
        "patient_choice": ("patient's choice", "patient wish", "patient decision", "declined"),
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
    "her2_stated": _RECEPTOR,
    "status": {"heard": ("consulted", "seen"), "not_needed": ("not required",)},
}
EMPTY = frozenset(
    (
        *("", "-", "--", "\N{EN DASH}", "\N{EM DASH}", "?", "n/a", "na", "n.a.", "nk", "unk", "unknown", "not known"),
        *("not recorded", "not stated", "unbekannt", "nicht bekannt", "k.a.", "inconnu", "non connu", "sconosciuto"),
        *("desconocido", "desconhecido", "不明", "未知"),
    )
)
"""What people write into a cell when nobody knows."""
