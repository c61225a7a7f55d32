"""Pure decisions of pairing up: what a change does to a board, what may be published, how two plans differ."""
