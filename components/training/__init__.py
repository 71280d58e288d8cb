"""A run looked at: its data, its metrics, its views."""
