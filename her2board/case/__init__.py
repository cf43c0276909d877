"""One patient's facts for one discussion: model, dates, catalogue, derived facts, file."""
