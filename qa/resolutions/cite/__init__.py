"""What "61/181 OP6" means, and how it is written."""
