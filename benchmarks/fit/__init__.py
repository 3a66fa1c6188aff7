"""Fits the weights of ranking and refusal on labelled questions."""
