"""One hypothesis profile: the same examples on every machine, however slow it is."""

from hypothesis import settings

settings.register_profile("engine", deadline=None, derandomize=True, max_examples=25)
settings.load_profile("engine")
