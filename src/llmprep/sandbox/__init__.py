"""Floor 2: starts, confines and talks to a worker, in which all code of submissions and banks runs."""
