"""One training step as positions: drawing, captions, conventions."""
