"""The evidence browser."""
