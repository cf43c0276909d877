"""Reads the text of a report: what it says of the case, where, and in which context. Pure functions."""
