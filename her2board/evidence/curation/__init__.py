"""Keeps a release up to date: who changed, read and looked at what. Pure functions; the day is always passed."""
