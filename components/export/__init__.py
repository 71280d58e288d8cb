"""What is taken away: worksheets, programs, tables."""
