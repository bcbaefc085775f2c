"""What runs inside the worker process, beside code that is not to be trusted. Nothing here holds a secret."""
