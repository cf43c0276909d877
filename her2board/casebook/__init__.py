"""The encrypted collection of cases and meetings: stores, finds, compares; knows no screen."""
