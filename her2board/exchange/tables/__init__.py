"""Tables of records: CSV, Excel, REDCap exports and the CSV files of the mCODE extraction."""
