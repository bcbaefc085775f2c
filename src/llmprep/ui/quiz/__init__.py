"""Quiz sessions in a terminal and from a script's answers."""
