"""Everything inside a file as text, in the ways such files write text."""

import io
import re
import zipfile
from collections.abc import Iterator

import pikepdf
import pypdfium2


def unpacked(data: bytes) -> Iterator[str]:
    """Yield the bytes and everything inside them, as text in the ways such files write text."""
    for part in parts(data):
        for coding in ("latin-1", "utf-16-be", "utf-16-le"):
            yield part.decode(coding, "replace")
        yield re.sub(r"<[^>]*>", "", part.decode("utf-8", "replace"))  # words across runs of XML


def parts(data: bytes) -> Iterator[bytes]:
    yield data
    if data.startswith(b"%PDF"):
        yield from pdf_parts(data)
    elif data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.infolist():
                yield member.filename.encode()
                yield archive.read(member)
            yield archive.comment


def pdf_parts(data: bytes) -> Iterator[bytes]:
    document = pypdfium2.PdfDocument(data)
    try:
        for page in document:
            yield page.get_textpage().get_text_range().replace("\ufffe", "-").encode()
    finally:
        document.close()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for found in pdf.objects:
            yield found.unparse(resolved=True)
            if isinstance(found, pikepdf.Stream):
                yield found.read_bytes()
        for name, attached in pdf.attachments.items():
            yield name.encode()
            yield attached.get_file().read_bytes()
        yield repr(dict(pdf.docinfo)).encode()
        with pdf.open_outline() as outline:
            yield repr([str(item.title) for item in outline.root]).encode()
