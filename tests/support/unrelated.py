"""Three hundred paragraphs that are no reports of this disease: licences, manuals, recipes, other medicine."""

from collections.abc import Iterator
from itertools import islice, product

HOW_MANY = 300
_ABOUT = (
    "Permission is granted to copy {n} files of this software in source form, provided that section {m} is kept.",
    "The maintainers released version {n}.{m} on 12 March 2024. No warranty is given, and no liability is accepted.",
    "Run the installer with {n} workers and a limit of {m} MB. If the build fails, remove the cache and try again.",
    "Add {n} g of flour and {m} ml of milk, stir for 10 minutes, and bake at 180 degrees until the top is brown.",
    "The bridge is {n} m long and was completed in 1998; {m} vehicles were counted on the first day after it opened.",
    "Our meeting on 4 May 2025 had {n} participants. {m} proposals were discussed, two were declined.",
    "The left wing of the museum has {n} halls; the largest measures {m} x 12 m. It was new in 2010.",
    "Knee: partial tear of a cruciate ligament, {n} x {m} mm effusion. No fracture. MRI of the knee, 3 May 2024.",
    "Colonoscopy on 12 June 2023: two polyps of {n} mm in the sigmoid colon were removed. Follow-up in {m} years.",
    "Chest film: a {n} mm nodule in the right upper lobe, unchanged since 2021. No effusion. Heart size normal.",
    "Ultrasound of the thyroid: left lobe {n} x {m} mm, one benign nodule of 8 mm. No lymph nodes.",
    "The patient, a {n}-year-old man, was admitted with pneumonia and received amoxicillin {m} mg three times a day.",
    "HbA1c was {n} mmol/mol. Metformin was increased to {m} mg twice daily. Blood pressure 132/84.",
    "The hip was replaced on 7 July 2022. He walks {n} m without aids. Next visit in {m} weeks.",
    "Dental record: tooth {n} filled, tooth {m} extracted under local anaesthesia on 9 September 2024.",
    "Ferritin {n} micrograms per litre; iron was given by mouth for {m} weeks. She feels better.",
    "Pregnancy of {n} weeks, placenta on the anterior wall, {m} mm of amniotic fluid. Heart action seen.",
    "The dog weighed {n} kg and was vaccinated on 2 February 2025. A mass of {m} mm on the left ear was removed.",
    "Prostate volume {n} ml, PSA {m} ng/ml. Biopsy showed Gleason 3 + 4 in two cores. Radiotherapy was discussed.",
    "Glaucoma follow-up: pressure {n} mmHg right, {m} mmHg left, after two drops daily. Fields stable.",
)
_NUMBERS = tuple(product((2, 5, 12, 38, 64), (3, 7, 20)))


def paragraphs() -> Iterator[str]:
    """Yield them, each different."""
    made = (text.format(n=n, m=m) for n, m in _NUMBERS for text in _ABOUT)
    yield from islice(made, HOW_MANY)
