"""her2board: prepares the tumour-board discussion of HER2-positive breast cancer with brain metastases."""

import os

os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # no foreign code in validation, and a quicker start

__version__ = "0.1.0"
