"""The ledger: every fact that slices announce, written in the transaction of the change, never edited."""
