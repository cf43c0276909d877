"""Changes to texts, trees, YAML and PDF files that keep most of their structure, for readers to be tried with.

Every function takes a ``Random`` and gives the same for the same one.
"""

import json
import re
import zlib
from collections.abc import Callable, Sequence
from random import Random
from typing import Any

_CHARACTERS = (
    *"0123456789.,;:/-+<>=~%#'\"()[]{}|&*!?@\\^_ \t\n\r",
    *("\x00", "\x1b", "\x85", "\xa0", "\xad", "\u200b", "\u200d", "\u202e", "\u2028", "\ufeff", "\ufffe"),
    *("\ue000", "\uf0b7"),
    *("\ud800", "\udc00", "\U000e0041", "\U0001f9e0", "\u0300", "\u0663", "\uff11", "²", "½", "Ⅷ", "①"),
    *("ß", "İ", "µ", "≥", "\N{MINUS SIGN}"),
)
_PIECES = (
    *("99999999999999999999", "1e999", "-1", "0", "00", "1.", ".5", "1,5", "1.234,5", "1,000", "2-4"),
    *("12 x 8 mm",),
    *("2026-02-30", "31.12.9999", "0000", "9999-12-31", "12/13/26", "before 1900", "März 2026", "24:00"),
    *("10000 years ago",),
    *("null", "true", "NaN", "inf", "none", "unknown", "?", "n/a", "not ", " and ", " or ", " to ", "mm"),
    *("cm", "cGy", "Gy"),
    *("%", "3+", "HER2", "T-DXd", "THP", "mg/kg q3w", "<img src=x>", "{0.__class__}", "%s%n", "../.."),
    *("\r\n", "\t\t"),
)
_LONG = (30, 300, 5_000, 30_000)
_RAW = "\N{REPLACEMENT CHARACTER}raw{}\N{REPLACEMENT CHARACTER}"
_RAW_VALUES = (
    *("1e999", "-1e999", "NaN", "Infinity", "-0", "1" * 5000, "0." + "0" * 400 + "1", "1E-400", "12" * 150),
    *("9" * 19,),
    *("[" * 900 + "]" * 900, "[" * 100_000, '{"a":' * 60 + "0" + "}" * 60, '"\\ud800"', '"\\u0000"', "01"),
    *("'a'", "", "undefined"),
    *("[" + "0," * 3000 + "0]", '{"a":1,"a":2}', '{"":null}', '{"__class__":{}}'),
)
_VALUES = (
    *(None, True, False, 0, -1, 1, 5, 0.5, -0.5, 1e-300, 1e300, 2**31, 2**63, 2**64, -(2**63), 999, 1000),
    *("", " ", "\n"),
    *("0", "1", "true", "None", "2026", "2026-13", "0001-01-01T00:00:00+14:00", "2026-02-30", "<2026", ">2200", "1899"),
    *("\uff12\uff10\uff12\uff16", "x" * 301, "x" * 4001),
    *([], {}, [[]], [None], [{}], {"": ""}, {"low": 1}, {"low": 5, "high": 1}, {"items": []}),
    *({"completeness": "complete"},),
)


def text(random: Random, seed: str, others: Sequence[str]) -> str:
    """Return a text with one to six small changes; now and then a part of it is repeated thousands of times."""
    for _ in range(random.choice([1, 1, 2, 3, 6])):
        seed = _changed_text(random, seed, others)
    return seed


def _changed_text(random: Random, seed: str, others: Sequence[str]) -> str:
    start = random.randint(0, len(seed))
    end = min(len(seed), start + random.choice([0, 1, 1, 2, 5, 20]))
    match random.randrange(10):
        case 0:
            new = ""
        case 1 | 2:
            new = random.choice(_CHARACTERS)
        case 3 | 4:
            new = random.choice(_PIECES)
        case 5:
            new = seed[start:end] * 2
        case 6:
            part = seed[start:end] or random.choice(_CHARACTERS)
            new = part * (random.choice(_LONG) // len(part)) if random.random() < 0.2 else part * 3
        case 7:
            other = random.choice(others)
            at = random.randint(0, len(other))
            new = other[at : at + random.choice([3, 10, 60])]
        case 8:
            new = seed[start:end].swapcase()
        case _:
            numbers = list(re.finditer(r"\d+", seed))
            if not numbers:
                return seed + random.choice(_PIECES)
            start, end = random.choice(numbers).span()
            new = random.choice(["0", "1", "13", "32", "99", "1900", "9" * random.choice([3, 9, 20, 400, 5000]), "٣"])
    return seed[:start] + new + seed[end:]


def _places(tree: Any) -> list[tuple[Any, Any]]:
    """Return every holder and key inside a tree of lists and dictionaries."""
    found: list[tuple[Any, Any]] = []
    waiting = [tree]
    while waiting:
        holder = waiting.pop()
        keys = list(holder) if isinstance(holder, dict) else range(len(holder)) if isinstance(holder, list) else ()
        found += [(holder, key) for key in keys]
        waiting += [holder[key] for key in keys]
    return found


def tree(random: Random, seed: Any, others: Sequence[Any]) -> Any:
    """Return a tree of plain JSON with one to five changed places; ``seed`` stays as it is."""
    made = json.loads(json.dumps(seed))
    for _ in range(random.choice([1, 1, 1, 2, 5])):
        if places := _places(made):
            _change_place(random, *random.choice(places), places, others)
    return made


def _change_place(random: Random, holder: Any, key: Any, places: list[tuple[Any, Any]], others: Sequence[Any]) -> None:
    value = holder[key]
    match random.randrange(10):
        case 0:
            del holder[key]
        case 1 | 2:
            holder[key] = json.loads(json.dumps(random.choice(_VALUES)))
        case 3:
            holder[key] = _RAW.format(random.randrange(len(_RAW_VALUES)))
        case 4 if isinstance(value, str):
            holder[key] = text(random, value, [value, "x"])
        case 5 if isinstance(holder, dict):
            holder[random.choice([f"{key}x", "", "items", str(random.choice(places)[1])])] = value
        case 6 if isinstance(value, list) and value:
            holder[key] = value * random.choice([2, 3, 50, 400])
        case 7 | 8:
            other = random.choice(_places(random.choice(others)) or [(holder, key)])
            holder[key] = json.loads(json.dumps(other[0][other[1]]))
        case _ if isinstance(value, int | float) and abs(value) < 1e6:
            holder[key] = random.choice([-value, value + 1, value * 10, value / 10, str(value), [value], value * 1e30])
        case _:
            holder[key] = [value, value]


def as_json(random: Random, made: Any) -> str:
    """Return a tree as JSON, the raw values in it as they are written; sometimes with a key or a line twice."""
    written = json.dumps(made, ensure_ascii=random.random() < 0.5, indent=random.choice([None, 1]))
    for number, raw in enumerate(_RAW_VALUES):
        for marked in (json.dumps(_RAW.format(number)), json.dumps(_RAW.format(number), ensure_ascii=False)):
            written = written.replace(marked, raw)
    if random.random() < 0.05:
        lines = written.split("\n")
        lines.insert(random.randrange(len(lines)), random.choice(lines))
        written = "\n".join(lines)
    return written


def json_bytes(random: Random, seed: Any, others: Sequence[Any]) -> bytes:
    """Return a changed document of JSON; one in ten is changed as text or bytes, without regard for its form."""
    data = as_json(random, tree(random, seed, others)).encode("utf-8", "surrogatepass")
    kind = random.random()
    if kind < 0.06:
        return text(random, data.decode("utf-8", "replace"), ["{}"]).encode("utf-8", "surrogatepass")
    return some_bytes(random, data) if kind < 0.1 else data


def some_bytes(random: Random, data: bytes) -> bytes:
    """Return data with some bytes changed, or a part left out."""
    if not data:
        return bytes([random.randrange(256)])
    if random.random() < 0.3:
        start = random.randrange(len(data))
        return data[:start] + data[start + random.choice([1, 10, len(data)]) :]
    changed = bytearray(data)
    for _ in range(random.choice([1, 3, 20])):
        changed[random.randrange(len(changed))] = random.choice([0, 10, 34, 92, 128, 255, random.randrange(256)])
    return bytes(changed)


_SCALARS = (
    *("no", "012", "1:30", "2026-02-30", "0x1F", "1e5", ".inf", ".nan", "~", "<<", "=", "!!int abc"),
    *("!!float 1e999", "!!null x"),
    *("!!timestamp 2026-02-30", "!!binary '*'", "!!set {a}", "!!omap [a]", "!!pairs [a]"),
    *("!!python/object:os.system x", "!foo bar"),
    *("!!bool maybe", "!!str {a: 1}", "!!int '9'", "!!map [1]", "!!seq {a: 1}", "!!int {}", "&a [*a]"),
    *("*b", "&b {a: *b}", "? [a]", "{[a]: b}"),
    *("'", '"', "|", ">-", "%", "@", "`", "- - - - a", "{a: {a: {a: 1}}}", "9" * 5000, "1." + "0" * 5000),
    *('"\\uD800"', '"\\x00"', "\x00"),
    *("[" * 60, "{a: " * 60, "- " * 60 + "a", "[" * 5000, "--- a", "... ", "%YAML 9.9", "&a a", "\t"),
    *("- a", "a: b: c", "2026-01-01"),
)


def yaml_text(random: Random, seed: str, others: Sequence[str]) -> str:
    """Return YAML with some lines left out, repeated, moved, indented otherwise, or holding another value."""
    lines = seed.split("\n")
    for _ in range(random.choice([1, 1, 2, 4])):
        _change_lines(random, lines, others)
    return text(random, "\n".join(lines), others) if random.random() < 0.15 else "\n".join(lines)


def _change_lines(random: Random, lines: list[str], others: Sequence[str]) -> None:
    at = random.randrange(len(lines))
    match random.randrange(8):
        case 0 if len(lines) > 1:
            del lines[at]
        case 1:
            lines.insert(at, random.choice(lines))
        case 2:
            lines.insert(at, random.choice(random.choice(others).split("\n")))
        case 3:
            lines[at] = random.choice([f"  {lines[at]}", lines[at][2:], f"- {lines[at]}", f"\t{lines[at]}"])
        case 4 | 5 | 6:
            key, colon, _ = lines[at].partition(": ")
            lines[at] = f"{key}{colon or ': '}{random.choice(_SCALARS)}"
        case _:
            flow = list(re.finditer(r"(?<=[:,{\[] )[^,\]}\n]+", lines[at]))
            if flow:
                start, end = random.choice(flow).span()
                lines[at] = lines[at][:start] + random.choice(_SCALARS) + lines[at][end:]


_OBJECT = re.compile(rb"(\d+ 0 obj\b)(.*?)(?=endobj)", re.DOTALL)
_STREAM = re.compile(rb"(stream\r?\n)(.*?)(\r?\n?endstream)", re.DOTALL)
_PDF_VALUES = (
    *(b"null", b"0", b"-1", b"99999999999999", b"1e9", b"true", b"[]", b"<<>>", b"()", b"<>", b"/X"),
    *(b"0 0 R", b"9999 0 R"),
    *(b"[" * 200, b"<<" * 200, b"(" * 50, b"1.2.3", b"--5", b"/#00", b"<zz>", b"(\\777\\)"),
    *(b"[1 0 R 1 0 R]",),
)
_PDF_NAMES = (
    *(b"/Kids", b"/Names", b"/EmbeddedFiles", b"/EF", b"/F", b"/UF", b"/Contents", b"/Parent", b"/Pages"),
    *(b"/Count", b"/Type"),
    *(b"/Filter", b"/FlateDecode", b"/ASCII85Decode", b"/LZWDecode", b"/DecodeParms", b"/Length"),
    *(b"/Resources", b"/Font"),
    *(b"/ToUnicode", b"/Annots", b"/Rotate", b"/MediaBox", b"/CropBox", b"/Root", b"/Prev", b"/Encrypt"),
    *(b"/Size", b"/XObject"),
)


def pdf(random: Random, seed: bytes, others: Sequence[bytes]) -> bytes:
    """Return a PDF with changed dictionaries, references or contents of its streams; some as plain bytes."""
    if random.random() < 0.1:
        return some_bytes(random, seed)
    objects = list(_OBJECT.finditer(seed))
    for found in random.sample(objects, min(random.choice([1, 1, 2, 4]), len(objects))):
        body = found[2]
        seed = seed.replace(found[0], found[1] + _changed_object(random, body), 1)
    if random.random() < 0.3:
        at = seed.rfind(b"xref")
        seed = seed[:at] + _changed_tokens(random, seed[at:])
    return seed


def _changed_object(random: Random, body: bytes) -> bytes:
    stream = _STREAM.search(body)
    if stream is None or random.random() < 0.3:
        head = body if stream is None else body[: stream.start()]
        return _changed_tokens(random, head) + body[len(head) :]
    data = stream[2]
    try:
        unpacked = zlib.decompress(data)
    except zlib.error:
        changed = some_bytes(random, data)
    else:
        changed = zlib.compress(_changed_stream(random, unpacked), 1)
    head = re.sub(rb"/Length \d+", b"/Length %d" % len(changed), body[: stream.start()])
    return head + stream[1] + changed + stream[3] + body[stream.end() :]


def _changed_stream(random: Random, data: bytes) -> bytes:
    if data.lstrip()[:1] == b"{":
        try:
            return json_bytes(random, found := json.loads(data), [found])
        except ValueError:
            pass
    if random.random() < 0.1:
        return data * random.choice([2, 20, 100])
    return _changed_tokens(random, data) if random.random() < 0.7 else some_bytes(random, data)


def _changed_tokens(random: Random, data: bytes) -> bytes:
    kinds: Sequence[tuple[bytes, Callable[[], bytes]]] = (
        (rb"\d+ 0 R", lambda: b"%d 0 R" % random.randint(0, 40)),
        (rb"/\w+", lambda: random.choice(_PDF_NAMES)),
        (rb"-?\d+(?:\.\d+)?", lambda: random.choice([b"0", b"-1", b"9" * 12, b"1", b"65536", b"0.5"])),
        (rb"(?<=\s)\S+(?=\s)", lambda: random.choice(_PDF_VALUES)),
    )
    for _ in range(random.choice([1, 1, 3])):
        pattern, new = random.choice(kinds)
        if tokens := list(re.finditer(pattern, data)):
            start, end = random.choice(tokens).span()
            data = data[:start] + new() + data[end:]
    return data
