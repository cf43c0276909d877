"""The briefing as a printed page."""
