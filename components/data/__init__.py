"""Samples: made, built in, or brought as a table."""
