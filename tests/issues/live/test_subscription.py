"""The queue of one socket."""

import pytest

from issues.events.topics import Topic
from issues.live.identity import Identity
from issues.live.position import Position
from issues.live.subscription import TOO_SLOW, Subscription

pytestmark = pytest.mark.django_db(transaction=True)


async def test_a_full_queue_ends_the_subscription_and_empties_it() -> None:
    subscription = Subscription(Identity(), (Topic("public"),))
    for number in range(1001):
        subscription.offer(Position(number, "hash"), "x")
    assert subscription.closed_with == TOO_SLOW
    assert await subscription.next() is None
    subscription.offer(Position(2000, "hash"), "x")
    assert await subscription.next() is None
