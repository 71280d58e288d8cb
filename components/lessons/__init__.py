"""Lessons: the derivation told station by station, each with its place on the page."""
