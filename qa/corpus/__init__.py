"""What is loaded: resolutions, passages and their facts."""
