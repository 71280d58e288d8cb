"""What a person sets: fields as text, read strictly and repaired together."""
