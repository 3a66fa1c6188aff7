"""Text in, Resolution out."""
