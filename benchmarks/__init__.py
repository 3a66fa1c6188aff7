"""Measurements of speed and memory; never run as tests. `make bench` prints them."""
