"""The one mutable thing of the window, its undo steps, and what keeps it from being lost."""
