"""What happens to sign-ins and rights, one structured record each, for those who watch over the installation.

A record names people by their number, never by what was typed: somebody may type a password into the field of the
address. It has no password, no token and no key.
"""

import logging
from contextvars import ContextVar
from typing import Any

from django.http import HttpRequest

from core.addresses import caller_address

log = logging.getLogger("trong_ngay.security")

current_request: ContextVar[HttpRequest | None] = ContextVar("request", default=None)


def security_event(name: str, **facts: Any) -> None:
    """Log `name` with its facts, and with who acts from where if a request is being served.

    Facts are numbers, words of ours and lists of them. As text they follow the name; in JSON they are fields.
    """
    request = current_request.get()
    record: dict[str, Any] = {"event": name, **facts}
    if request is not None:
        record["by"] = getattr(getattr(request, "user", None), "pk", None)
        record["address"] = caller_address(request)
    shown = " ".join(f"{key}={value}" for key, value in record.items() if key != "event")
    log.info("%s %s", name, shown, extra={"security": record})
