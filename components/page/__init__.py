"""The page as Dash components; the only wing that imports Dash."""
