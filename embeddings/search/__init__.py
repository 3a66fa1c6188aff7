"""Nearest rows by vectors and by words."""
