"""A case against the evidence on one day: cohorts, options, pause before WBRT, what to ask next."""
