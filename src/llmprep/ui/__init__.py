"""Floor 4: what readers see. Nothing here decides anything."""
