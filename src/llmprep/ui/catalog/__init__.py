"""The message catalogue: a module a subject, each message a pair of English and Chinese side by side."""
