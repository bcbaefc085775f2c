"""Floor 3: what is due, what a session asks, and what a typed answer seems to hold. No terminal."""
