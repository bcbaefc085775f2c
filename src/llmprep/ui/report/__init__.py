"""Reports of checks, as text and as data."""
