"""Measurements of speed and memory; never run as tests. `make bench` prints them."""

import qa  # noqa: F401 - tells how threads wait, before numpy is loaded
