"""Answers measured against known ones."""
