"""What a resolution is, and how one is read."""
