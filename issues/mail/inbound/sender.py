"""Who sent a mail: exactly one plain address, or nobody (RFC 5322, 3.6.2).

Programs disagree about a field with several addresses, comments or defects; what is signed for one person must not
depend on which of them is right.
"""

import re
from dataclasses import dataclass
from email import policy
from email.errors import ObsoleteHeaderDefect
from email.message import Message
from enum import StrEnum
from typing import Any

from issues.mail.inbound import headers

_LONGEST = 1_000  # characters: one address has at most 254, its name some more
_ADDRESS = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@(?:[a-z0-9-]{1,63}\.)*[a-z0-9-]{1,63}", re.IGNORECASE)
_LOOKS_LIKE_ADDRESS = re.compile(r"[^\s<>()\"',;:]{1,64}@[^\s<>()\"',;:]{1,255}")


class Problem(StrEnum):
    """Why a field names no one sender."""

    NONE = ""
    MISSING = "missing"
    SEVERAL = "several"
    MALFORMED = "malformed"
    DISGUISED = "disguised"  # the name shows another address than the one it comes from


@dataclass(frozen=True)
class Sender:
    address: str = ""  # lower case; empty with any problem
    problem: Problem = Problem.NONE
    shown: str = ""  # the field as text, for the record


def sender_of(message: Message) -> Sender:
    """The one address in the From field, or what is wrong with it."""
    fields = headers.values(message, "From")
    shown = headers.text(fields[0])[:254] if fields else ""
    address, problem = _read(fields)
    return Sender("" if problem else address, problem, shown)


def _read(fields: list[str]) -> tuple[str, Problem]:
    if not fields or not "".join(fields).strip():
        return "", Problem.MISSING
    if len(fields) > 1:
        return "", Problem.SEVERAL
    if len(fields[0]) > _LONGEST:
        return "", Problem.MALFORMED
    try:
        field: Any = policy.default.header_factory("From", fields[0])
        groups, defects = field.groups, field.defects
    except Exception:  # whatever the parser of the standard library cannot read is no plain address
        return "", Problem.MALFORMED
    found = [address for group in groups for address in group.addresses]
    if len(found) > 1 or any(group.display_name is not None for group in groups):
        return "", Problem.SEVERAL
    if not found or any(not isinstance(defect, ObsoleteHeaderDefect) for defect in defects):
        return "", Problem.MALFORMED
    address = found[0].addr_spec.lower()
    if not _ADDRESS.fullmatch(address) or ".." in address or not _written_once(fields[0], address):
        return "", Problem.MALFORMED
    named = {other.lower().strip(".") for other in _LOOKS_LIKE_ADDRESS.findall(found[0].display_name)}
    return address, Problem.DISGUISED if named - {address} else Problem.NONE


def _written_once(field: str, address: str) -> bool:
    """Whether the field stands plainly as `address` or `name <address>`, with nothing behind it."""
    plain = field.strip().lower()
    return plain == address or (plain.endswith(f"<{address}>") and plain.count("<") == plain.count(">") == 1)
