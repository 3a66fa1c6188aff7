"""The server: page, functions and health address."""
