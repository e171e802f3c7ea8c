"""Lessons: which scenes, items and claims make a lesson, and the one object that a notebook uses."""
