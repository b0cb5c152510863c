"""Types of events: closed, with known audiences."""

import pytest
from pydantic import ValidationError

from issues.events.types import EVENT_TYPES
from issues.models import OWN, Visibility


@pytest.mark.parametrize("name", sorted(EVENT_TYPES))
def test_no_event_takes_extra_fields(name: str) -> None:
    with pytest.raises(ValidationError):
        EVENT_TYPES[name].model_validate({"surprise": 1})


@pytest.mark.parametrize("name", sorted(EVENT_TYPES))
def test_narrower_fields_are_known_levels(name: str) -> None:
    assert set(EVENT_TYPES[name].narrowed_fields().values()) <= {Visibility.PARTIES, Visibility.INTERNAL, OWN}
    assert EVENT_TYPES[name].visibility in Visibility.values
