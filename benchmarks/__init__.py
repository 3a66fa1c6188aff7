"""Measurements of speed and memory; never run as tests. `make bench` prints them."""

import qa  # noqa: F401 - sets the threads of numpy before it is loaded
