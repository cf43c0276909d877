"""Three-valued logic over possibly unrecorded facts. Knows nothing of cancer."""
