"""Some tests have a short form for every day and a long one for `.ci/run`, which sets TEST_LONG=1."""

import os
from typing import TypeVar

T = TypeVar("T")
IS_LONG = bool(os.environ.get("TEST_LONG"))


def either(short: T, long: T) -> T:
    """The short form, or with TEST_LONG the long one: a number of examples, of seeds, of rounds."""
    return long if IS_LONG else short
