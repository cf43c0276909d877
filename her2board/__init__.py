"""her2board: prepares the tumour-board discussion of HER2-positive breast cancer with brain metastases."""

import os

from her2board.workarounds import defer

os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # no foreign code in validation, and a quicker start
# pydantic would look for plugins with it: forty modules, e-mail and sockets among them
defer("importlib.metadata", "entry_points")

__version__ = "0.1.0"
