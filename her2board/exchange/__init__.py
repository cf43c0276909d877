"""Other formats in and out: FHIR bundles by the mCODE profiles, tables of records and registries."""
