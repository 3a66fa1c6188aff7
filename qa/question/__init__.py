"""What was asked: text in, a typed question out. No corpus, no files."""
