"""The evidence release: what trials reported and guidelines say, checked and frozen."""
