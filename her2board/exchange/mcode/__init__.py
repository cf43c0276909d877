"""Writes a case as a bundle by the mCODE profiles: what these can say, and nothing else."""
