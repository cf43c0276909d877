"""What is used of reportlab; everything else in this package imports it from here."""

import reportlab

from her2board import workarounds

with workarounds.light_reportlab(reportlab.Version):
    from reportlab import rl_config
    from reportlab.lib.rl_accel import fp_str
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.pdfdoc import (
        PDFArray,
        PDFDictionary,
        PDFDocument,
        PDFName,
        PDFObject,
        PDFObjectReference,
        PDFStream,
        PDFString,
    )
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

DRAWN_WITH = str(reportlab.Version)
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
