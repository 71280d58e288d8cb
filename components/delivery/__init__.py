"""Static files on their way to the browser."""
