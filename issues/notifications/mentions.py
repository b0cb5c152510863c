"""Mentions in notes: `@Cán bộ TC-2`, or `@` and an e-mail address. Who is meant, and may they read the note?"""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import islice

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts import people
from accounts.models import AGENCY_ROLES, Role, User
from core.text import normal
from issues.access import TicketFacts, may_read
from issues.models import Message, Ticket

# An address in the middle of a word, such as an e-mail address, is no mention.
_AT = re.compile(r"(?<![^\s(\[\"“'«])@(?=\w)")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_QUOTED = 40  # characters of what is said back; no name is longer
_READ = 255  # characters after an @: an address has at most 254
MOST_MENTIONS = 50  # in one note
_CITY_ROLES = (Role.COORDINATOR, Role.LEADER)
_Row = tuple[int, str, str]  # id, name, e-mail address


@dataclass
class Mentions:
    """Who is mentioned, by what words, and what is wrong (sentences)."""

    user_ids: list[int] = field(default_factory=list)
    names: list[str] = field(default_factory=list)  # as written in the text, without the @
    problems: list[str] = field(default_factory=list)


def read_mentions(text: str, ticket: Ticket, note: Message) -> Mentions:
    """Find everybody that the text mentions; `note` (not saved) says who may read it. Four queries, or none.

    Linear in the length of the text: it runs inside the transaction that writes the note.
    """
    found = Mentions()
    plain = normal(text)
    places = [match.end() for match in islice(_AT.finditer(plain), MOST_MENTIONS + 1)]
    if not places:
        return found
    if len(places) > MOST_MENTIONS:
        found.problems.append(_("A note can mention people at most {number} times.").format(number=MOST_MENTIONS))
        return found
    staff = _Staff()
    tails = [plain[place : place + _READ] for place in places]
    meant = [(tail, staff.called(tail)) for tail in tails]
    readers = _readers({row[0] for _tail, (_name, rows) in meant for row in rows}, ticket, note)
    for tail, (name, rows) in meant:
        _take(found, tail, name, rows, readers)
    return found


def people_on(ticket: Ticket) -> list[User]:
    """People that a note to all agencies may mention: their officers and heads, coordinators and leaders, by name."""
    agencies = TicketFacts.of(ticket).agency_ids
    concerned = Q(memberships__role__in=AGENCY_ROLES, memberships__agency_id__in=agencies)
    everywhere = Q(memberships__role__in=_CITY_ROLES)
    return list(User.objects.filter(concerned | everywhere, is_active=True).distinct().order_by("name", "email"))


def _take(found: Mentions, tail: str, name: str, rows: list[_Row], readers: set[int]) -> None:
    """One mention: kept, or the sentence that says why not."""
    if not rows:
        words = tail[:_QUOTED].split("\n")[0].strip()
        found.problems.append(_("Nobody who works for the city is called “{words}”.").format(words=words))
        return
    allowed = [row for row in rows if row[0] in readers]
    if not allowed:
        sentence = _("{name} cannot read this note. Mention someone from its agencies, or let more agencies read it.")
        found.problems.append(sentence.format(name=name))
    elif len(allowed) > 1:
        sentence = _("More than one person is called {name}: write @ and the e-mail address.")
        found.problems.append(sentence.format(name=name))
    elif allowed[0][0] not in found.user_ids:
        found.user_ids.append(allowed[0][0])
        found.names.append(name)


class _Staff:
    """Everybody who works for the city, by address and by name."""

    def __init__(self) -> None:
        roles = (*AGENCY_ROLES, *_CITY_ROLES)
        users = User.objects.filter(is_active=True, memberships__role__in=roles).order_by("pk").distinct()
        self._by_address: dict[str, list[_Row]] = defaultdict(list)
        self._by_name: dict[tuple[int, str], list[_Row]] = defaultdict(list)
        for row in users.values_list("pk", "name", "email"):
            name = normal(row[1])
            self._by_address[row[2].casefold()].append(row)
            if name:
                self._by_name[len(name), name.casefold()].append(row)
        self._longest_first = sorted({length for length, _name in self._by_name}, reverse=True)

    def called(self, tail: str) -> tuple[str, list[_Row]]:
        """The longest name, or the e-mail address, with which the text continues, and everyone who has it."""
        address = _EMAIL.match(tail)
        if address:
            return address[0], self._by_address.get(address[0].casefold(), [])
        for length in self._longest_first:
            written = tail[:length]
            rows = self._by_name.get((length, written.casefold()))
            if rows and not tail[length : length + 1].isalnum():
                return written, rows
        return "", []


def _readers(user_ids: set[int], ticket: Ticket, note: Message) -> set[int]:
    facts = TicketFacts.of(ticket)
    return {pk for pk, person in people.of_ids(user_ids).items() if may_read(person, facts, note)}
