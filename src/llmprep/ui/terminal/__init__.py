"""Drawing on a terminal: text, markup, progress."""
