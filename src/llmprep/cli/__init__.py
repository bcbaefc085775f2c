"""Floor 4, the edge: one module a command, holding its arguments, clock, randomness, paths and exit code."""
