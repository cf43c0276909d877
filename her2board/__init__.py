"""her2board: prepares the tumour-board discussion of HER2-positive breast cancer with brain metastases."""

from her2board import workarounds

workarounds.skip_pydantic_plugins()

__version__ = "0.1.0"
