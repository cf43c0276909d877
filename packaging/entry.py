"""What the bundle starts."""

import sys

from her2board.cli import main

sys.exit(main())
