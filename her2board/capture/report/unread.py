"""Lists what of a text was not read, so that its silence is not taken for the text's."""

from collections.abc import Iterable, Iterator

from her2board.capture.proposal import TextSpan, Unread, UnreadWhy
from her2board.capture.report.document import LONGEST_LINE, LONGEST_WORD, long_lines, long_words
from her2board.capture.report.drug_words import MOST_DRUGS, has_too_many
from her2board.capture.report.masking import masked
from her2board.capture.report.matching import MOST_EVENTS
from her2board.capture.report.model import Document, Event, Span
from her2board.capture.report.sentences import LONGEST_SENTENCE, MOST_SENTENCES
from her2board.case.drugs import Vocabulary

_SHOWN = 120
"""Characters that show which part is meant."""
_LIMITS: dict[UnreadWhy, int] = {
    "rest": MOST_SENTENCES,
    "sentence": LONGEST_SENTENCE,
    "line": LONGEST_LINE,
    "word": LONGEST_WORD,
    "drugs": MOST_DRUGS,
    "values": MOST_EVENTS,
    "patients": 1,
}


def unread_parts(text: str, document: Document, events: Iterable[Event], vocabulary: Vocabulary) -> tuple[Unread, ...]:
    """Return what was not read of a text, in its order."""
    rest = _rest(text, document)
    parts = [part for part in _parts(text, document, events, vocabulary) if part[1][0] < rest[0]]
    if rest[0] < rest[1]:
        parts.append(("rest", rest))
    return tuple(
        Unread(why, _LIMITS[why], TextSpan(start, end), masked(text[start : min(end, start + _SHOWN)]))
        for why, (start, end) in sorted(set(parts), key=lambda part: part[1])
    )


def _rest(text: str, document: Document) -> Span:
    """Return what follows the last sentence that was read, where there may be more of them."""
    read = (*document.sentences, *document.left_out)
    if len(read) < MOST_SENTENCES:
        return len(text), len(text)
    end = max(sentence.end for sentence in read)
    return end + len(text[end:]) - len(text[end:].lstrip()), len(text)


def _parts(
    text: str, document: Document, events: Iterable[Event], vocabulary: Vocabulary
) -> Iterator[tuple[UnreadWhy, Span]]:
    yield from (("patients", place) for place in document.patients)
    yield from (("line", span) for span in long_lines(text))
    yield from (("word", span) for span in long_words(text))
    yield from (("sentence", (sentence.start, sentence.end)) for sentence in document.left_out)
    for sentence in document.sentences:
        if has_too_many(document, vocabulary, sentence):
            yield "drugs", (sentence.start, sentence.end)
    yield from (("values", (event.start, event.end)) for event in events if event.because == "too_many")
