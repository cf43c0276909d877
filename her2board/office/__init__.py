"""The briefing in files that others edit: slides with notes, a document. A stranger to the room that draws the PDF."""
