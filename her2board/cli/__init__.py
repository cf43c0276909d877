"""Front door: the command line, and the only place that knows every room."""

from her2board.cli.main import main

__all__ = ["main"]
