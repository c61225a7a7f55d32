"""The house checks itself: what the plan of the house (ARCHITECTURE.md) promises, asserted on the tree."""
