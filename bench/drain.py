"""Run by other benches on the product's data: hands out a token, or drains the log as one worker does."""

import argparse
import json
import time

import django


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--token", metavar="EMAIL", help="print a new token of this person")
    chosen = parser.parse_args()
    django.setup()
    print(json.dumps(token_of(chosen.token) if chosen.token else drained()))


def token_of(email: str) -> dict[str, object]:
    from accounts.models import ApiToken, User  # noqa: PLC0415 - Django is set up first

    return {"token": ApiToken.issue(user=User.objects.get(email=email), name="bench")[1]}


def drained() -> dict[str, object]:
    from issues.events.drain import drain_all  # noqa: PLC0415
    from search import sync  # noqa: PLC0415

    began = time.perf_counter()
    events = max(drain_all().values())
    sync.drain()
    spent = time.perf_counter() - began
    return {"events": events, "seconds": round(spent, 1), "rate": round(events / spent)}


if __name__ == "__main__":
    main()
