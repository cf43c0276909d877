"""What every part of the window uses: theme, workers, words and small widgets; knows no case document."""
