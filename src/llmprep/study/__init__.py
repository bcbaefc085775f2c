"""Floor 3: scheduling, sessions and recommendations; imports no terminal."""
