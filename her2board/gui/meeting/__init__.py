"""The meeting: who was heard, packets of many cases."""
