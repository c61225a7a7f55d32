"""Example worlds built by code from a seed, for the demo, the tests and the pictures. The names are invented."""
