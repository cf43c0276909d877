"""What people write, read into typed values: numbers, dates, tables."""
