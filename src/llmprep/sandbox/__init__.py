"""Floor 2: start, confine and talk to a worker, in which all code of submissions and banks runs."""
