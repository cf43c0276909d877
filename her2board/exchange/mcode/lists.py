"""Writes of each list of the case whether it is all there is: of a list that is empty too, which nothing else says."""

from her2board.case.fields import field_by_path, value_at
from her2board.case.table_rows import extra_flags
from her2board.exchange.fhir.lists import COMPLETENESS, ENTRIES, IDS, OWN_LIST, marker
from her2board.exchange.mcode.pieces import Body, Writing, category


def write_lists(writing: Writing) -> None:
    """Write how complete the lists are of which every entry is in the bundle; of others nobody could say it."""
    written = {entry["resource"]["id"]: entry["resource"] for entry in writing.entries}
    for path, name in IDS.items():
        listed, extensions, paths = value_at(writing.case, path), list[Body](), list[str]()
        each = [_of_entry(written, name, n) for n in range(1, len(listed.items) + 1)]
        whole = all(each)
        if listed.completeness == "partial" or (listed.completeness == "complete" and whole):
            extensions.append({"url": COMPLETENESS, "valueCode": listed.completeness})
            paths.append(f"{path}.completeness")
        for flag in extra_flags(field_by_path()[path]):
            if whole and (said := value_at(writing.case, flag.path)) is not None:
                extensions.append({"url": marker(flag.path), "valueBoolean": said})
                paths.append(flag.path)
        if not extensions:
            continue
        none = listed.completeness == "complete" and not listed.items
        extensions.append({"url": ENTRIES, "valueUnsignedInt": sum(map(bool, each))})
        writing.add(
            "List",
            f"list-{name}",
            "",
            *paths,
            identifier=[{"system": OWN_LIST, "value": path}],
            status="current",
            mode="snapshot",
            extension=extensions,
            entry=[{"item": writing.refer(id_)} for ids in each for id_ in ids],
            emptyReason=category("list-empty-reason", "nilknown") if none else None,
        )


def _of_entry(written: dict[str, Body], name: str, number: int) -> list[str]:
    """Return the names of the resources that an entry of a list is written as; none where nothing of it is."""
    start = f"{name}-{number}"
    return [id_ for id_ in written if id_ == start or id_.startswith(f"{start}-drug-")]
