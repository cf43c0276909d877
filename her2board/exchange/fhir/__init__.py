"""FHIR R4 and mCODE: bundles of other systems read as proposals, and cases written as a bundle."""
