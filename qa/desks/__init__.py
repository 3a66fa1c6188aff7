"""Four desks: a text is checked, a draft compared with agreed words, mandates listed."""
