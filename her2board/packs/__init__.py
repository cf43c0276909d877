"""Evidence that travels: one signed file, checked without a network, installed in one step and taken back in one."""
