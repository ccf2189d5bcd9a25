"""Model files: read, validate, find, check; the ledger of claims."""
