"""The window that holds it all, its actions and its start."""
