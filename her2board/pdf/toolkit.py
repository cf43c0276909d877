"""What is used of reportlab; everything else in this room imports it from here."""

import sys

from her2board.workarounds import defer

defer("PIL.Image")  # reportlab imports it for pictures; no page has any

_SHAPER = "uharfbuzz"
_known = sys.modules.get(_SHAPER)
sys.modules[_SHAPER] = None  # type: ignore[assignment]  # reason: how Python notes a module that is not to be had
# reportlab imports the shaper wherever there is one, for 25 to 60 ms of every start; only rare texts need it (scripts)

from reportlab import Version, rl_config  # noqa: E402  # reason: after the line above
from reportlab.lib.rl_accel import fp_str  # noqa: E402  # reason: as above
from reportlab.pdfbase import pdfmetrics  # noqa: E402  # reason: as above
from reportlab.pdfbase.pdfdoc import (  # noqa: E402  # reason: as above
    PDFArray,
    PDFDictionary,
    PDFDocument,
    PDFName,
    PDFObject,
    PDFObjectReference,
    PDFStream,
    PDFString,
)
from reportlab.pdfbase.ttfonts import TTFont  # noqa: E402  # reason: as above
from reportlab.pdfgen.canvas import Canvas  # noqa: E402  # reason: as above

if _known is None:
    del sys.modules[_SHAPER]
else:
    sys.modules[_SHAPER] = _known

DRAWN_WITH = str(Version)
"""Another version draws other bytes."""

__all__ = [
    "DRAWN_WITH",
    "Canvas",
    "PDFArray",
    "PDFDictionary",
    "PDFDocument",
    "PDFName",
    "PDFObject",
    "PDFObjectReference",
    "PDFStream",
    "PDFString",
    "TTFont",
    "fp_str",
    "pdfmetrics",
    "rl_config",
]
