"""Which passages come nearest to a question, and in which order."""
