"""The form: sections, rows, controls and tables that record facts."""
