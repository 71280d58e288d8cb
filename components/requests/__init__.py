"""What the browser may ask, read strictly, and what it is answered."""
