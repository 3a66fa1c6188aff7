"""Files in, a generation of an index out."""
