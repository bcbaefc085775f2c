"""The message catalogue: one module per subject, each message a pair of English and Chinese side by side."""
