"""Who sits in front of the browser: the sign-ins of the demonstration, each signed in once."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, StorageState

from tests.e2e.browser import listen

PASSWORD = "demo"
WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


@dataclass
class People:
    """Opens pages for people. What the pages complain of is gathered in `complaints`."""

    browser: Browser
    address: str
    complaints: list[str] = field(default_factory=list)
    _signed_in: dict[str, StorageState] = field(default_factory=dict)
    _open: list[Any] = field(default_factory=list)
    _staying: dict[str, Page] = field(default_factory=dict)

    def page(self, name: str = "", *, narrow: bool = False, **options: Any) -> Page:
        """A fresh window for `name` (the part before @demo.example), or for somebody who is not signed in."""
        state = self._state(name) if name else None
        return self._window(viewport=NARROW if narrow else WIDE, storage_state=state, **options)

    def open(self, path: str, name: str = "", **options: Any) -> Page:
        """A fresh window with this page in it."""
        page = self.page(name, **options)
        page.goto(path)
        return page

    def visit(self, path: str, name: str = "") -> Page:
        """The page in a narrow, light window that stays open for this person's next visit: it has the styles and
        scripts already, so the page costs half. For tests that only look."""
        page = self._staying.get(name)
        if page is None:
            page = self._staying[name] = self._window(storage_state=self._state(name) if name else None)
            self._open.remove(page.context)
        page.set_viewport_size(NARROW)
        page.emulate_media(color_scheme="light")
        page.goto(path)
        return page

    def close(self) -> None:
        """Close every window that was opened since the last time, and leave the pages of those that stay."""
        for page in self._staying.values():
            page.goto("about:blank")
        for context in self._open:
            context.close()
        self._open.clear()
        self.complaints.clear()

    def _window(self, **options: Any) -> Page:
        settings = {
            "locale": "vi-VN",
            "timezone_id": "Asia/Ho_Chi_Minh",
            "base_url": self.address,
            "reduced_motion": "reduce",  # a colour half way from light to dark is no colour of ours
        }
        context = self.browser.new_context(**{**settings, **options})
        context.set_default_timeout(15_000)
        listen(context, urlsplit(self.address).netloc, self.complaints)
        self._open.append(context)
        return context.new_page()

    def _state(self, name: str) -> StorageState:
        if name not in self._signed_in:
            context = self.browser.new_context(base_url=self.address, locale="vi-VN")
            page = context.new_page()
            sign_in(page, name)
            self._signed_in[name] = context.storage_state()
            context.close()
        return self._signed_in[name]


def sign_in(page: Page, name: str, password: str = PASSWORD) -> None:
    """Fill in the form of the sign-in page; opens it where the window shows something else."""
    if "/account/login/" not in page.url:
        page.goto("/vi/account/login/")
    page.fill("#id_login", f"{name}@demo.example")
    page.fill("#id_password", password)
    page.click("form:has(#id_password) button[type=submit]")
