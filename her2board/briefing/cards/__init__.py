"""Source cards: what a figure, cohort, option, statement or publication says, in whom, and where it was read."""
