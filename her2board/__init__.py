"""her2board: prepares the tumour-board discussion of HER2-positive breast cancer with brain metastases."""

__version__ = "0.1.0"
