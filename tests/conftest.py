"""Hypothesis: the same cases every time, and no deadline, since a busy machine is no fault of the code."""

from hypothesis import settings

settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.load_profile("repeatable")
