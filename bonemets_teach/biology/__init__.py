"""Bone cells, the tumor that misuses them, and the bone they leave behind; no pictures, no files."""
