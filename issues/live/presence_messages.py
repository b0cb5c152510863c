"""Who else is looking, pushed to the sockets that asked for it (`&presence=1`), whenever it changes."""

import json
from collections.abc import Iterable

from issues.access import read_facts
from issues.live.identity import people_of
from issues.live.presence import Present, is_for, others, present_on
from issues.live.subscription import Subscription

Shown = dict[Subscription, dict[str, tuple[Present, ...]]]


def presence_messages(subscriptions: Iterable[Subscription], shown: Shown) -> list[tuple[Subscription, str]]:
    """The news of each socket since it was last shown; `shown` is brought up to date.

    One query while nothing changes, however many sockets there are; none where nobody asked.
    """
    watching = {sub: sub.watched_tickets for sub in subscriptions if sub.watched_tickets}
    for gone in shown.keys() - watching.keys():
        del shown[gone]
    if not watching:
        return []
    now = present_on({code for codes in watching.values() for code in codes})
    stale = [
        (sub, code)
        for sub, codes in watching.items()
        for code in codes
        if shown.get(sub, {}).get(code, ()) != now.get(code, ())
    ]
    return _messages(stale, now, shown) if stale else []


def _messages(
    stale: list[tuple[Subscription, str]], now: dict[str, tuple[Present, ...]], shown: Shown
) -> list[tuple[Subscription, str]]:
    people = people_of({sub.identity for sub, _code in stale})
    facts = {found.code: found for found in read_facts(code__in={code for _sub, code in stale}).values()}
    messages = []
    for sub, code in stale:
        shown.setdefault(sub, {})[code] = now.get(code, ())
        person = people.get(sub.identity)
        if person is None or code not in facts or not is_for(person, facts[code]):
            continue
        message = {"kind": "presence", "ticket": code, "people": others(now.get(code, ()), person.user_id)}
        messages.append((sub, json.dumps(message, ensure_ascii=False)))
    return messages
