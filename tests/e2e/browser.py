"""Chromium for tests, and what every page is held to: accessible, quiet, within its own host, as wide as the screen."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
_VIOLATIONS = """rules => axe.run(document, {resultTypes: ["violations"], ...rules})
  .then(r => r.violations.map(v => [v.id, v.nodes.map(n => n.html.slice(0, 200)).slice(0, 3)]))"""


@contextmanager
def chromium() -> Iterator[Any]:
    """A running browser. Until it is closed this thread has an event loop, which Django would take for async code."""
    sync_api = pytest.importorskip("playwright.sync_api")
    with pytest.MonkeyPatch.context() as patch, sync_api.sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield browser
        browser.close()


def violations(page: Any, *, only: tuple[str, ...] = ()) -> list[Any]:
    """What axe-core finds on the page as it is: rule and the elements. `only` these rules, where given."""
    if not AXE.is_file():
        pytest.skip("the front-end packages are not installed: bin/setup does it")
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    return list(page.evaluate(_VIOLATIONS, {"runOnly": list(only)} if only else {}))


def scrolls_sideways(page: Any) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))


def listen(context: Any, host: str, found: list[str]) -> None:
    """Put into `found` whatever the context's pages complain of: errors, refused content, other hosts.

    A refused form (4xx) is an answer like any other; the browser's line about it is left out.
    """

    def on_console(message: Any) -> None:
        if message.type == "error" and "the server responded with a status of 4" not in message.text:
            found.append(f"console: {message.text}")

    def on_request(request: Any) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.netloc != host:
            found.append(f"another host: {request.url}")

    def on_response(response: Any) -> None:
        if response.status >= 500:
            found.append(f"{response.status}: {response.url}")

    context.on("console", on_console)
    context.on("weberror", lambda error: found.append(f"script: {error.error}"))
    context.on("request", on_request)
    context.on("response", on_response)
