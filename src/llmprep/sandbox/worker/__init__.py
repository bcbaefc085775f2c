"""The worker process, which runs untrusted code. Nothing here holds a secret."""
