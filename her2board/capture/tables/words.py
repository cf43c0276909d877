"""What spreadsheets, record systems and reports call the terms of a case's lists, in plain lower case.

A word is listed only when it can mean one term: a lesion called "stable" may be treated or not, so it is not listed.
"""

BESIDE: frozenset[str] = frozenset(
    (
        *("dose", "dosage", "strength", "route", "frequency", "freq", "sig", "instructions", "form", "indication"),
        *(
            "cycles",
            "cycle",
            "no of cycles",
            "number of cycles",
            "#",
            "nr",
            "n",
            "id",
            "lfd nr",
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
        *("days", "status", "order status", "class", "therapeutic class", "rxnorm", "ndc", "atc", "code"),
        *("dosis", "dosierung", "applikation", "indikation", "posologie", "voie", "dosis dia", "via", "dosaggio"),
        *("series", "image", "slice", "sequence", "accession", "pathologist", "radiologist", "physician", "laboratory"),
    )
)
"""Headings of record systems that a list has no column for; they are headings all the same, and go to the note."""
HORMONES = "er/pr"
"""Unit of a column that holds ER and PR together."""
HORMONE_HEADINGS = frozenset(
    (
        *("er pr", "er pgr", "hr", "hr status", "hormone receptors", "hormone receptor", "hormonrezeptoren", "re rp"),
        *(
            "hormone receptor status",
            "rh",
            "receptors",
            "receptor status",
            "er pr her2",
            "recettori ormonali",
            "er and pr",
        ),
    )
)
"""What such a column is called."""
_Terms = dict[str, tuple[str, ...]]
_RECEPTOR: _Terms = {"positive": ("pos", "+", "positiv", "positif", "positivo"), "negative": ("neg", "negativ")}
TERMS: dict[str, _Terms] = {
    "kind": {
        "surgery": (
            *("resection", "craniotomy", "metastasectomy", "op", "operation", "resektion", "chirurgie", "chirurgia"),
            *("cirugía", "neurosurgery", "craniotomie", "kraniotomie", "craniotomia"),
        ),
        "radiosurgery": ("srs", "srt", "fsrt", "fsrs", "stereotactic radiosurgery", "stereotactic radiotherapy"),
        "whole_brain": ("wbrt", "whole brain radiotherapy", "whole-brain radiotherapy", "wbi"),
        "kind_not_known": ("unknown kind", "kind not known", "treated, kind not known"),
        "spinal_radiotherapy": ("radiotherapy of the spine", "spine radiotherapy", "spinal rt", "spine rt"),
        "spinal_surgery": ("surgery of the spine", "spine surgery", "spinal decompression", "laminectomy"),
        "extracranial_radiotherapy": (
            *("radiotherapy of bone", "bone radiotherapy", "breast radiotherapy", "chest wall radiotherapy"),
            *("extracranial rt", "thoracic radiotherapy"),
        ),
    },
    "growth": {
        "new": ("neu", "nuova", "nuovo", "nouvelle", "nouveau", "nueva", "nova"),
        "grown": (
            *("larger", "increased", "growing", "increase", "progressive", "progressing", "progression"),
            *(
                "progredient",
                "größenprogredient",
                "grössenprogredient",
                "größer",
                "in progressione",
                "aumentata",
                "aumentato",
            ),
            *("augmenté", "augmentée", "en progression", "aumentada"),
        ),
        "unchanged": ("stable", "no change", "constant", "stabil", "konstant", "unverändert", "stabile", "estable"),
        "smaller": (
            *(
                "decreased",
                "regressed",
                "shrunk",
                "decrease",
                "kleiner",
                "regredient",
                "größenregredient",
                "ridotta",
                "ridotto",
            ),
            *("in riduzione", "diminuée", "diminué", "en régression", "reducida"),
        ),
    },
    "histology": {
        "necrosis": ("radiation necrosis", "radionecrosis", "necrosis only", "radiation necrosis only"),
        "tumour": ("tumor", "viable tumour", "viable tumor", "metastasis"),
        "necrosis_and_tumour": ("necrosis and tumor", "both", "mixed", "tumour and necrosis", "tumor and necrosis"),
        "not_conclusive": ("inconclusive", "non-diagnostic", "not diagnostic", "nondiagnostic"),
    },
    "setting": {
        "neoadjuvant": (
            "neo-adjuvant",
            "neo adjuvant",
            "preoperative",
            "neoadj",
            "neo-adj",
            "nact",
            "neoadjuvante",
            "neoadiuvante",
            "néoadjuvant",
            "néoadjuvante",
        ),
        "adjuvant": ("postoperative", "adj", "adj.", "adjuvante", "adiuvante"),
        "metastatic": (
            *("palliative", "mbc", "met", "mets", "advanced", "stage iv", "metastasiert", "palliativ", "metastatico"),
            *("metastatica", "métastatique", "metastásico", "metastático", "palliativo", "palliatif", "paliativo"),
        ),
        "maintenance": ("maint", "maint.", "erhaltung", "mantenimento"),
    },
    "best_response": {
        "complete": (
            *("cr", "rc", "complete response", "komplette remission", "risposta completa", "réponse complète"),
            *("respuesta completa", "resposta completa"),
        ),
        "partial": (
            *(
                "pr",
                "rp",
                "partial response",
                "partielle remission",
                "teilremission",
                "risposta parziale",
                "réponse partielle",
            ),
            *("respuesta parcial", "resposta parcial"),
        ),
        "stable": (
            *(
                "sd",
                "stable disease",
                "stabile erkrankung",
                "stabilisierung",
                "malattia stabile",
                "stabilità di malattia",
            ),
            *("maladie stable", "enfermedad estable", "doença estável"),
        ),
        "progression": (
            *("pd", "progressive disease", "progress", "progredienz", "progressione", "progressione di malattia"),
            *("progression de la maladie", "progresión", "progressão"),
        ),
        "not_evaluable": ("ne", "not evaluable"),
    },
    "reason_stopped": {
        "progression": (
            *("pd", "progressive disease", "progressed", "disease progression", "progress", "prog", "progredienz"),
            *("tumorprogress", "progressione", "progressione di malattia", "progression de la maladie", "progresión"),
            *("progresión de la enfermedad", "progressão"),
        ),
        "toxicity": (
            *(
                "adverse event",
                "side effects",
                "ae",
                "intolerance",
                "tox",
                "tox.",
                "toxic",
                "toxizität",
                "nebenwirkung",
            ),
            *("nebenwirkungen", "unverträglichkeit", "tossicità", "tossicita", "effetti collaterali", "intolleranza"),
            *("toxicité", "effets secondaires", "toxicidad", "toxicidade"),
        ),
        "completed": (
            *("complete", "finished", "end of treatment", "treatment completed", "course completed", "abgeschlossen"),
            *("completato", "completata", "completado"),
        ),
        "patient_choice": (
            *(
                "patient's choice",
                "patient wish",
                "patient decision",
                "declined",
                "patientenwunsch",
                "patientinnenwunsch",
            ),
            *("wunsch der patientin", "scelta della paziente", "choix de la patiente", "decisión de la paciente"),
        ),
    },
    "progressed_in": {
        "brain": ("cns", "intracranial"),
        "body": ("extracranial", "systemic"),
        "brain_and_body": ("both", "brain and body"),
    },
    "state": {
        "new": ("neu", "nuova", "nuovo", "nouvelle", "nueva"),
        "resected": ("reseziert", "asportata", "resecata", "réséquée", "resecada"),
        "untreated": (
            "not treated",
            "treatment naive",
            "treatment-naive",
            "unbehandelt",
            "non trattata",
            "non traitée",
        ),
        "treated_stable": ("treated, stable", "treated and stable"),
        "treated_progressing": ("treated, progressing", "treated and progressing"),
    },
    "her2_stated": {
        "positive": (*_RECEPTOR["positive"], "her2 positive", "her2-positive", "her2 +", "her2+"),
        "negative": (*_RECEPTOR["negative"], "her2 negative", "her2-negative"),
        "low": ("her2 low", "her2-low"),
        "ultralow": ("ultra-low", "ultra low", "her2 ultralow", "her2-ultralow", "her2 ultra-low"),
    },
    "status": {
        "heard": ("consulted", "seen", "yes", "done"),
        "pending": ("asked", "requested", "awaited", "to be asked"),
        "not_needed": ("not required",),
    },
    "discipline": {
        "medical_oncology": ("oncology", "oncologist", "medical oncologist", "med onc", "medonc"),
        "radiation_oncology": ("radiotherapy", "radiation oncologist", "rad onc", "radonc", "radiotherapist"),
        "neurosurgery": ("neurosurgeon", "neurochirurgie", "neurochirurgia", "neurocirugia"),
        "neuroradiology": ("neuroradiologist",),
        "pathology": ("pathologist", "histopathology"),
        "palliative_care": ("palliative medicine", "palliative", "palliative care team"),
        "neuro_oncology": ("neurooncology", "neuro-oncologist"),
        "trials_nurse": ("trial nurse", "research nurse", "study nurse", "clinical trials nurse"),
        "obstetrics": ("obstetrician", "obstetrics and gynaecology", "obstetrics & gynaecology"),
    },
}
OPEN_TERMS: dict[str, _Terms] = {
    "state": {
        "progressive": ("treated_progressing", "untreated"),
        "progressing": ("treated_progressing", "untreated"),
        "growing": ("treated_progressing", "untreated"),
        "stable": ("treated_stable", "untreated"),
        "treated": ("treated_stable", "treated_progressing", "resected"),
        "progredient": ("treated_progressing", "untreated"),
        "in progressione": ("treated_progressing", "untreated"),
        "en progression": ("treated_progressing", "untreated"),
        "stabil": ("treated_stable", "untreated"),
        "stabile": ("treated_stable", "untreated"),
        "behandelt": ("treated_stable", "treated_progressing", "resected"),
        "trattata": ("treated_stable", "treated_progressing", "resected"),
        "traitée": ("treated_stable", "treated_progressing", "resected"),
    }
}
"""Words that leave several terms open; these are asked."""
EMPTY = frozenset(
    (
        *("", "-", "--", "\N{EN DASH}", "\N{EM DASH}", "?", "n/a", "na", "n.a.", "nk", "unk", "unknown", "not known"),
        *("not recorded", "not stated", "unbekannt", "nicht bekannt", "k.a.", "inconnu", "non connu", "sconosciuto"),
        *("desconocido", "desconhecido", "不明", "未知"),
    )
)
"""What people write into a cell when nobody knows."""
NO_TREATMENT: frozenset[str] = frozenset(
    (
        *("none", "nil", "no treatment", "no therapy", "none given", "no systemic therapy", "no systemic treatment"),
        *("keine", "keine therapie", "keine behandlung", "aucun", "aucun traitement", "sans traitement"),
        *("nessuna", "nessuna terapia", "nessun trattamento", "ninguno", "sin tratamiento", "nenhum", "sem tratamento"),
        *("なし", "治療なし", "无", "未治疗"),
    )
)
"""A cell of drugs that names none: it is no drug of unknown name."""
