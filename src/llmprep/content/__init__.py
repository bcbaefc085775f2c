"""What all renderers share: markup, LaTeX and examples, parsed once."""
