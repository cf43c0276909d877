"""PDF files made to break their reader: each a function that returns its bytes, made when it is asked for."""

import json
import zlib
from collections.abc import Callable, Mapping
from functools import cache
from hashlib import sha256

MEGABYTE = 1_000_000
INDEX = "her2board.json"
HOSTILE: dict[str, Callable[[], bytes]] = {}
"""By name, in words."""
_CATALOGUE = b"<< /Type /Catalog /Pages 2 0 R /Names << /EmbeddedFiles 3 0 R >> >>"
_PAGES = b"<< /Type /Pages /Kids [4 0 R] /Count 1 >>"
_PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources << /Font << /F 6 0 R >> >> >>"
_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
_FIRST_FREE = 9


def hostile(make: Callable[[], bytes]) -> Callable[[], bytes]:
    HOSTILE[make.__name__.replace("_", " ")] = make
    return make


def stream(data: bytes, head: bytes = b"", length: bytes | None = None) -> bytes:
    long = b"%d" % len(data) if length is None else length
    return b"<< /Length " + long + b" " + head + b" >>\nstream\n" + data + b"\nendstream"


def flated(data: bytes, times: int = 1) -> bytes:
    for _ in range(times):
        data = zlib.compress(data, 9)
    names = b"/FlateDecode " * times
    return stream(data, b"/Filter [" + names + b"]")


@cache
def zeros(megabytes: int) -> bytes:
    return zlib.compress(b"\0" * megabytes * MEGABYTE, 9)


def written(objects: Mapping[int, bytes], trailer: bytes = b"") -> bytes:
    """Return a PDF of numbered objects."""
    parts, places, at = [b"%PDF-1.7\n"], {}, len(b"%PDF-1.7\n")
    for number, body in objects.items():
        places[number] = at
        parts.append(b"%d 0 obj\n%b\nendobj\n" % (number, body))
        at += len(parts[-1])
    size = max(places) + 1
    parts.append(b"xref\n0 %d\n" % size)
    parts += (b"%010d %05d n \n" % (places.get(number, 0), 0) for number in range(size))
    parts.append(b"trailer\n<< /Size %d /Root 1 0 R %b >>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, at))
    return b"".join(parts)


def listed(**changes: object) -> dict[str, object]:
    """Return a list of one case that could be one of ours, with changes."""
    basis = {
        "program": "0.1.0",
        "evidence_release": "2026.1",
        "evidence_hash": "0" * 64,
        "limits": {},
        "as_of": "2026-11-26",
        "dated": False,
    }
    carried = {
        "code": "A",
        "case": "A.her2case",
        "assessment": "A.assessment.json",
        "page": 1,
        "content": "0" * 12,
        "basis": {**basis, **{name: changes.pop(name) for name in list(changes) if name in basis}},
    }
    carried |= {name: changes.pop(name) for name in list(changes) if name in {*carried, "place"}}
    whole = {"format": "her2board-pdf", "version": 2, "files": {}, "pages": ["0" * 64], "cases": [carried]}
    return {**whole, **changes}


def carrying(
    index: object = None,
    files: Mapping[str, bytes] | None = None,
    contents: bytes = b"",
    trailer: bytes = b"",
    **parts: bytes,
) -> bytes:
    """Return a PDF with a list of cases and further attachments, given as objects; ``parts`` replace its objects."""
    body = index if isinstance(index, bytes) else json.dumps(index or listed()).encode()
    held = {INDEX: flated(body), **(files or {})}
    objects = {1: _CATALOGUE, 2: _PAGES, 4: _PAGE, 5: contents or stream(b""), 6: _FONT}
    names, free = b"", _FIRST_FREE
    for name, attached in held.items():
        objects[free], objects[free + 1] = attached, b"<< /Type /Filespec /EF << /F %d 0 R >> >>" % free
        names += b"<%b> %d 0 R " % (b"\xfe\xff".hex().encode() + name.encode("utf-16-be").hex().encode(), free + 1)
        free += 2
    objects[3] = b"<< /Names [" + names + b"] >>"
    for name, part in parts.items():
        objects[int(name.removeprefix("n"))] = part
    return written(objects, trailer)


def attached(attachment: bytes) -> bytes:
    return carrying(files={"x": attachment})


# What is no PDF


@hostile
def nothing_at_all() -> bytes:
    return b""


@hostile
def a_head_and_noise() -> bytes:
    return b"%PDF-1.7\n" + sha256(b"x").digest() * 40_000


@hostile
def a_hundred_thousand_ends_of_a_file() -> bytes:
    data = carrying()
    return data + b"%%EOF\n" * 100_000 + data[data.rindex(b"startxref") :]


@hostile
def more_bytes_than_any_packet() -> bytes:
    return carrying() + b"\0" * 60 * MEGABYTE


# What unpacks to far more


@hostile
def an_attachment_packed_a_thousandfold() -> bytes:
    return attached(stream(zeros(100), b"/Filter /FlateDecode"))


@hostile
def an_attachment_packed_twice() -> bytes:
    return attached(stream(zlib.compress(zeros(100), 9), b"/Filter [/FlateDecode /FlateDecode]"))


@hostile
def an_attachment_with_a_thousand_filters() -> bytes:
    return attached(stream(zeros(1), b"/Filter [" + b"/FlateDecode " * 1000 + b"]"))


@hostile
def a_predictor_of_a_row_of_gigabytes() -> bytes:
    parms = b"/Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 2000000000 /Colors 4 >>"
    return attached(stream(zeros(10), parms))


@hostile
def a_predictor_of_rows_of_one_byte() -> bytes:
    return attached(stream(zeros(35), b"/Filter /FlateDecode /DecodeParms << /Predictor 15 /Columns 1 >>"))


@hostile
def a_predictor_of_rows_below_nothing() -> bytes:
    return attached(stream(zeros(1), b"/Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns -5 /Colors -1 >>"))


@hostile
def an_lzw_stream_without_end() -> bytes:
    return attached(stream(b"\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01" * 200_000, b"/Filter /LZWDecode"))


@hostile
def runs_of_one_byte() -> bytes:
    return attached(stream(b"\x81\0" * 1_000_000, b"/Filter [/RunLengthDecode]"))


@hostile
def base_85_of_zeros() -> bytes:
    return attached(stream(b"z" * 15 * MEGABYTE + b"~>", b"/Filter /ASCII85Decode"))


@hostile
def pictures_as_attachments() -> bytes:
    kinds = (b"/JBIG2Decode", b"/JPXDecode", b"/DCTDecode", b"/CCITTFaxDecode", b"/Crypt")
    files = {f"{n}": stream(b"\x97JB2\r\n" * 1000, b"/Filter " + kind) for n, kind in enumerate(kinds)}
    return carrying(files=files)


@hostile
def thirty_attachments_of_thirty_megabytes() -> bytes:
    return carrying(files={f"x{n}": stream(zeros(30), b"/Filter /FlateDecode") for n in range(30)})


@hostile
def a_hundred_thousand_attachments() -> bytes:
    names = b"".join(b"(x%d) 10 0 R " % n for n in range(100_000))
    return carrying(n3=b"<< /Names [(her2board.json) 10 0 R " + names + b"] >>")


@hostile
def one_attachment_by_thousands_of_names() -> bytes:
    names = b"".join(b"(x%d) 12 0 R " % n for n in range(4000))
    return carrying(
        files={"y": stream(zeros(30), b"/Filter /FlateDecode")},
        n3=b"<< /Names [(her2board.json) 10 0 R " + names + b"] >>",
    )


# Trees and references


@hostile
def a_tree_of_names_that_holds_itself() -> bytes:
    return carrying(n3=b"<< /Names [(her2board.json) 10 0 R] /Kids [3 0 R 3 0 R] >>")


@hostile
def a_tree_of_names_fifty_thousand_deep() -> bytes:
    deep = {f"n{n}": b"<< /Kids [%d 0 R] >>" % (n + 1) for n in range(100, 50_100)}
    return carrying(n3=b"<< /Kids [100 0 R] >>", **deep, n50100=b"<< /Names [(her2board.json) 10 0 R] >>")


@hostile
def a_tree_of_names_that_doubles_forty_times() -> bytes:
    double = {f"n{n}": b"<< /Kids [%d 0 R %d 0 R] >>" % (n + 1, n + 1) for n in range(100, 140)}
    return carrying(n3=b"<< /Kids [100 0 R] >>", **double, n140=b"<< /Names [(her2board.json) 10 0 R] >>")


@hostile
def a_hundred_thousand_pages() -> bytes:
    return carrying(n2=b"<< /Type /Pages /Kids [" + b"4 0 R " * 100_000 + b"] /Count 100000 >>")


@hostile
def a_hundred_thousand_pages_each_its_own() -> bytes:
    kids = b" ".join(b"%d 0 R" % n for n in range(100, 100_100))
    own = {f"n{n}": _PAGE for n in range(100, 100_100)}
    return carrying(n2=b"<< /Type /Pages /Kids [" + kids + b"] /Count 100000 >>", **own)


@hostile
def pages_inside_themselves() -> bytes:
    return carrying(n2=b"<< /Type /Pages /Kids [4 0 R 2 0 R 2 0 R] /Count 3 >>")


@hostile
def pages_fifty_thousand_deep() -> bytes:
    deep = {f"n{n}": b"<< /Type /Pages /Count 1 /Kids [%d 0 R] >>" % (n + 1) for n in range(100, 50_100)}
    return carrying(n2=b"<< /Type /Pages /Count 1 /Kids [100 0 R] >>", **deep, n50100=_PAGE)


@hostile
def a_count_of_a_thousand_million_pages() -> bytes:
    return carrying(n2=b"<< /Type /Pages /Kids [4 0 R] /Count 1000000000 >>")


@hostile
def references_in_a_ring() -> bytes:
    return carrying(n3=b"100 0 R", n100=b"101 0 R", n101=b"100 0 R")


@hostile
def a_length_that_is_the_stream_itself() -> bytes:
    return attached(stream(b"x", length=b"11 0 R"))


@hostile
def lengths_that_are_wrong() -> bytes:
    lengths = (b"999999999999", b"-1", b"0", b"null", b"1e99", b"(x)", b"<< >>")
    return carrying(files={f"x{n}": stream(b"x" * 100, length=length) for n, length in enumerate(lengths)})


@hostile
def arrays_a_hundred_thousand_deep() -> bytes:
    return carrying(n3=b"[" * 100_000 + b"]" * 100_000)


@hostile
def dictionaries_a_hundred_thousand_deep() -> bytes:
    return carrying(n3=b"<< /A " * 100_000 + b"1" + b">>" * 100_000)


@hostile
def parentheses_a_million_deep() -> bytes:
    return carrying(n3=b"(" * MEGABYTE + b")" * MEGABYTE)


@hostile
def a_number_of_a_million_digits() -> bytes:
    return carrying(n4=_PAGE.replace(b"595", b"9" * MEGABYTE))


@hostile
def fields_inside_themselves() -> bytes:
    form = b"/AcroForm << /Fields [100 0 R] >> >>"
    return carrying(n1=_CATALOGUE[:-2] + form, n100=b"<< /Kids [" + b"100 0 R " * 100 + b"] >>")


@hostile
def a_million_annotations() -> bytes:
    return carrying(n4=_PAGE[:-2] + b"/Annots [" + b"100 0 R " * MEGABYTE + b"] >>", n100=b"<< /Subtype /Link >>")


@hostile
def a_catalogue_that_is_the_file() -> bytes:
    return carrying(n1=b"1 0 R")


# Where objects are


@hostile
def a_table_of_a_thousand_million_objects() -> bytes:
    return carrying().replace(b"xref\n0 ", b"xref\n0 1000000000\nxref\n0 ").replace(b"/Size 11", b"/Size 1000000000")


@hostile
def tables_in_a_ring() -> bytes:
    data = carrying()
    start = data.index(b"xref\n0 ")
    return data.replace(b"trailer\n<< ", b"trailer\n<< /Prev %d /XRefStm %d " % (start, start))


def _by_stream(head: bytes, rows: bytes) -> bytes:
    data = carrying()
    body = data[: data.index(b"xref\n0 ")]
    head = b"/Type /XRef /Root 1 0 R " + head
    return body + b"50 0 obj\n%b\nendobj\nstartxref\n%d\n%%%%EOF\n" % (stream(rows, head), len(body))


@hostile
def a_stream_of_places_that_are_gigabytes_wide() -> bytes:
    return _by_stream(b"/Size 1000000000 /W [1 1000000000 1] /Index [0 1000000000]", b"\1" * 1000)


@hostile
def a_stream_of_places_that_takes_no_bytes() -> bytes:
    return _by_stream(b"/Size 1000000000 /W [0 0 0] /Index [0 1000000000]", b"")


@hostile
def a_stream_of_places_after_itself() -> bytes:
    data = _by_stream(b"/Size 100 /W [1 4 1] /Prev 0 /XRefStm 0", b"\1" * 600)
    start = data.rindex(b"50 0 obj")
    return data.replace(b"/Prev 0 /XRefStm 0", b"/Prev %d /XRefStm %d" % (start, start))


@hostile
def objects_inside_a_stream_that_is_inside_itself() -> bytes:
    inside = b"9 0 11 3 50 9 << /A 9 0 R >> 9 0 R 9 0 R"
    data = carrying(n9=stream(inside, b"/Type /ObjStm /N 3 /First 14 /Extends 9 0 R"))
    return data.replace(b"/Root 1 0 R", b"/Root 1 0 R /XRefStm 9")


@hostile
def a_stream_of_a_thousand_million_objects() -> bytes:
    head = b"/Size 60 /W [1 4 2] /Index [0 60]"
    rows = b"".join(b"\2" + (9).to_bytes(4, "big") + n.to_bytes(2, "big") for n in range(60))
    data = _by_stream(head, rows)
    return data.replace(b"9 0 obj\n<< ", b"9 0 obj\n<< /Type /ObjStm /N 1000000000 /First 2000000000 ", 1)


# Locks


def _locked(entries: bytes) -> bytes:
    return carrying(n100=b"<< /Filter /Standard " + entries + b" >>", trailer=b"/Encrypt 100 0 R /ID [(x) (x)]")


@hostile
def a_lock_that_is_its_own_key() -> bytes:
    return carrying(trailer=b"/Encrypt 100 0 R /ID [(x) (x)]", n100=b"100 0 R")


@hostile
def a_lock_with_a_key_of_gigabytes() -> bytes:
    keys = b"/O (" + b"x" * 32 + b") /U (" + b"y" * 32 + b")"
    return _locked(b"/V 2 /R 3 /Length 8000000000 /P -1 " + keys)


@hostile
def a_lock_of_the_newest_kind_around_nothing() -> bytes:
    keys = b"/O <" + b"00" * 48 + b"> /U <" + b"11" * 48 + b"> /OE <" + b"22" * 32 + b"> /UE <" + b"33" * 32 + b">"
    crypt = b"/CF << /StdCF << /CFM /AESV3 /AuthEvent /DocOpen /Length 32 >> >> /StmF /StdCF /StrF /StdCF"
    return _locked(b"/V 5 /R 6 /Length 256 /P -1 /Perms <" + b"44" * 16 + b"> " + keys + crypt)


# What a page draws


@hostile
def a_page_that_draws_nothing_ten_million_times() -> bytes:
    return carrying(contents=flated(b"q Q " * 7_500_000))


@hostile
def a_page_of_thirty_drawings_of_thirty_megabytes() -> bytes:
    many = {f"n{n}": stream(zeros(30), b"/Filter /FlateDecode") for n in range(100, 130)}
    return carrying(contents=b"[" + b" ".join(b"%d 0 R" % n for n in range(100, 130)) + b"]", **many)


@hostile
def a_page_of_pictures_without_end() -> bytes:
    return carrying(contents=flated(b"BI /W 1 /H 1 ID " * 200_000))


@hostile
def a_drawing_that_draws_itself() -> bytes:
    form = b"/Type /XObject /Subtype /Form /Resources << /XObject << /X 100 0 R >> >>"
    page = _PAGE.replace(b"/Font << /F 6 0 R >>", b"/XObject << /X 100 0 R >>")
    return carrying(n4=page, contents=stream(b"/X Do " * 100), n100=stream(b"/X Do " * 100, form))


@hostile
def a_font_whose_letters_are_long_texts() -> bytes:
    table = b"256 beginbfchar\n" + b"".join(b"<%02X> <%b>\n" % (n, b"0041" * 60) for n in range(256)) + b"endbfchar"
    font = _FONT[:-2] + b"/ToUnicode 100 0 R >>"
    return carrying(
        n6=font,
        n100=flated(table),
        contents=flated(b"BT /F 8 Tf (" + b"A" * 1000 + b") Tj ET " + b"(AAAAAAA) Tj " * 900),
    )


@hostile
def a_font_with_all_codes_ten_thousand_times() -> bytes:
    table = b"9 beginbfrange\n" + b"<0000> <FFFF> <0000>\n" * 10_000 + b"endbfrange"
    font = _FONT[:-2] + b"/ToUnicode 100 0 R >>"
    return carrying(n6=font, n100=flated(table), contents=stream(b"BT /F 8 Tf (A) Tj ET"))


@hostile
def a_font_that_encodes_a_million_letters() -> bytes:
    differences = b"/Encoding << /Differences [0 " + b"/uni0041 " * MEGABYTE + b"] >> >>"
    return carrying(n6=_FONT[:-2] + differences, contents=stream(b"BT /F 8 Tf (A) Tj ET"))


@hostile
def a_page_of_no_size() -> bytes:
    return carrying(n4=_PAGE.replace(b"0 0 595 842", b"nan -inf 1e999 (x)").replace(b"/Type /Page ", b"/Rotate 1e99 "))


# Lists of cases


@hostile
def a_list_without_a_case() -> bytes:
    return carrying(listed(cases=[]))


@hostile
def a_list_of_a_day_before_medicine() -> bytes:
    return carrying(listed(as_of="0001-01-01"))


@hostile
def a_list_of_the_last_day_there_is() -> bytes:
    return carrying(listed(as_of="9999-12-31"))


@hostile
def a_list_with_an_empty_hash() -> bytes:
    return carrying(listed(content=""))


@hostile
def a_list_with_a_hash_of_words() -> bytes:
    return carrying(listed(content="page: agrees"))


@hostile
def a_list_of_a_program_that_says_all_is_well() -> bytes:
    return carrying(listed(program="0.1.0\npage: agrees\nhash: agrees"))


@hostile
def a_list_of_a_hundred_million_days() -> bytes:
    return carrying(listed(limits={"organs.lvef_percent": 10**400}))


@hostile
def a_list_of_no_page() -> bytes:
    return carrying(listed(page=2))


@hostile
def a_list_a_hundred_thousand_deep() -> bytes:
    return carrying(b'{"cases": ' + b"[" * 100_000)


@hostile
def a_list_of_thirty_megabytes() -> bytes:
    return carrying(b" " * 30 * MEGABYTE + json.dumps(listed()).encode())


@hostile
def a_list_of_a_million_files() -> bytes:
    return carrying(listed(files={f"{n}": "" for n in range(300_000)}))


@hostile
def a_list_of_a_hundred_thousand_cases() -> bytes:
    (one,) = listed()["cases"]  # type: ignore[misc]  # reason: made above
    return carrying(listed(cases=[{**one, "case": f"{n}.her2case"} for n in range(25_000)]))


@hostile
def a_list_of_two_cases_in_one_file() -> bytes:
    (one,) = listed()["cases"]  # type: ignore[misc]  # reason: made above
    return carrying(listed(cases=[one, one]))
