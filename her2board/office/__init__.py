"""The briefing in files that others edit: slides with notes, a document. Independent of what draws the PDF."""
