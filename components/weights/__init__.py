"""Weight files: read without running anything, and the order of their layers."""
