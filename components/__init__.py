"""The page: pure builders from engine values to plain dictionaries, and the Dash parts on them."""
