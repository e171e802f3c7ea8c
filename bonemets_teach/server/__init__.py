"""Serves the course: one Voilà process with its own pages, a pool of kernels and a fork server."""
