"""Hypothesis: the same cases every time, and no deadline, since a busy machine is no fault of the code."""

import pytest
from hypothesis import settings

settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.load_profile("repeatable")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the runs of whole notebooks first: the longest of all, with the others beside them on the other cores."""
    items.sort(key=lambda item: item.path.name != "test_notebooks.py")
