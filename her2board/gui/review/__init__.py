"""What a report offers, beside its text: a person takes over each value, chooses or leaves it."""
