"""Confinement of a worker's process."""
