"""Published worked examples: read, and compared number by number."""
