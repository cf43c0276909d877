"""The casebook on the screen: the list of a meeting, meeting mode, chasing, history, conflicts, moving."""
