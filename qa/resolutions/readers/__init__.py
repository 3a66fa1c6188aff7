"""Files in, decoded text out: one module a format."""
