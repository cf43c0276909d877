"""Says what a FHIR file itself says is missing from it: further pages, answers that were refused, deleted resources."""

from collections.abc import Iterable, Iterator
from typing import Any

from msgspec import Struct

from her2board.capture.clean_text import clean_line
from her2board.wording import tr

_REFUSED = 400
"""From here on the status of an answer says that there is none."""
_LONGEST = 300


class Gap(Struct, frozen=True):
    """What is missing from a file, in words."""

    file: str
    words: str


Document = tuple[str, dict[str, Any]]


def bundles_in(file: str, documents: Iterable[Any]) -> Iterator[Document]:
    """Yield the bundles of a file with its name."""
    for document in documents:
        for body in document if isinstance(document, list) else [document]:
            if isinstance(body, dict) and body.get("resourceType") == "Bundle":
                yield file, body


def gaps_of(bundles: list[Document]) -> tuple[Gap, ...]:
    """Return what bundles that are read together say is missing."""
    read = {url for _, body in bundles for url in _links(body, "self")}
    found = [gap for file, body in bundles for gap in _pages(file, body, bundles, read)]
    found += [Gap(file, words) for file, body in bundles for words in _refusals(body)]
    return tuple(dict.fromkeys(found))


def outcome_words(body: dict[str, Any]) -> Iterator[str]:
    """Yield what an answer says went wrong while the file was made."""
    for issue in _objects(body, "issue"):
        if issue.get("severity") in ("warning", "error", "fatal"):
            details = issue.get("details")
            named = details.get("text") if isinstance(details, dict) else None
            said = [named, issue.get("diagnostics"), issue.get("code")]
            text = next((clean_line(one) for one in said if isinstance(one, str) and one.strip()), "?")
            yield tr("the sender says of this file: '{text}'").format(text=text[:_LONGEST])


def deleted_in(body: dict[str, Any]) -> Iterator[str]:
    """Yield the names of the resources that a bundle deletes: in a history, by the first entry of each."""
    seen: set[str] = set()
    for entry in _objects(body, "entry"):
        request = entry.get("request")
        url = request.get("url") if isinstance(request, dict) else None
        if not isinstance(request, dict) or not isinstance(url, str):
            continue
        name = "/".join(url.partition("?")[0].partition("/_history/")[0].strip("/").split("/")[-2:])
        if request.get("method") == "DELETE" and not (body.get("type") == "history" and name in seen):
            yield name
        seen.add(name)


def _pages(file: str, body: dict[str, Any], bundles: list[Document], read: set[str]) -> Iterator[Gap]:
    total, held = body.get("total"), len(_answers(body))
    together = sum(len(_answers(other)) for _, other in bundles if other.get("total") == total)
    counted = isinstance(total, int) and not isinstance(total, bool) and body.get("type") == "searchset"
    if counted and isinstance(total, int) and together >= total:
        return
    if any(url not in read for url in _links(body, "next")):
        yield Gap(file, tr("this is one page of several; bring in the others together with it"))
    elif counted and isinstance(total, int):
        words = tr("the file says that {total} were found, and holds {n}: what else is there?")
        yield Gap(file, words.format(total=total, n=held))


def _refusals(body: dict[str, Any]) -> Iterator[str]:
    for entry in _objects(body, "entry"):
        response = entry.get("response")
        status = response.get("status") if isinstance(response, dict) else None
        if not isinstance(response, dict) or not isinstance(status, str):
            continue
        if status[:3].isdecimal() and int(status[:3]) >= _REFUSED:
            yield tr("one question to the sender was answered '{status}'").format(status=clean_line(status)[:_LONGEST])
            outcome = response.get("outcome")
            yield from outcome_words(outcome) if isinstance(outcome, dict) else ()


def _answers(body: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the entries that hold a resource which was asked for, or came with it."""
    held = [entry for entry in _objects(body, "entry") if isinstance(entry.get("resource"), dict)]
    return [entry for entry in held if entry["resource"].get("resourceType") != "OperationOutcome"]


def _links(body: dict[str, Any], relation: str) -> list[str]:
    links = (link for link in _objects(body, "link") if link.get("relation") == relation)
    return [url for link in links if isinstance(url := link.get("url"), str)]


def _objects(body: dict[str, Any], name: str) -> list[dict[str, Any]]:
    listed = body.get(name)
    return [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
