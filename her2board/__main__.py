"""Lets ``python -m her2board`` start the program."""

import sys

from her2board.cli import main

sys.exit(main())
