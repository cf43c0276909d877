"""What the board will read: ordered, worded, sourced. No fonts, no widgets."""
