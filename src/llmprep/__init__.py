"""llmprep: an offline, bilingual interview trainer for large-model engineering."""

__version__ = "0.1.0"
