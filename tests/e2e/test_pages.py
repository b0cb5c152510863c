"""Every main page, as it is looked at: narrow and light, wide and dark, Vietnamese and English.

With TEST_LONG also the colours of narrow and dark, wide and light.
"""

import pytest

from tests.e2e.browser import scrolls_sideways, violations
from tests.e2e.people import WIDE, People
from tests.e2e.wording import english_left
from tests.long import IS_LONG

COLOURS = ("color-contrast", "link-in-text-block")  # what a change of colours alone can break
# Path → who looks. An open ticket, a project and an answer are taken from where they are linked.
PAGES = [
    ("/", ""),
    ("/projects/", ""),
    ("/projects/?q=khu+cong+nghiep", ""),
    ("project", ""),
    ("/tickets/new/", ""),
    ("/account/login/", ""),
    ("/account/signup/", ""),
    ("/khong-co/", ""),
    ("/follow/", ""),
    ("/sessions/", ""),
    ("session", ""),
    ("/wall/", ""),
    ("/transparency/", ""),
    ("/answers/", ""),
    ("answer", ""),
    ("/search/?q=dat+dai", ""),
    ("/demo/mail/", ""),
    ("content", ""),
    ("/tickets/", "enterprise"),
    ("ticket", "enterprise"),
    ("/account/", "enterprise"),
    ("/notifications/", "enterprise"),
    ("/inbox/", "officer-sxd"),
    ("/tickets/new/", "officer-sxd"),
    ("/assisted/", "coordinator"),
    ("receipt", "coordinator"),
    ("session", "coordinator"),
    ("/sessions/new/", "coordinator"),
    ("/board/", "coordinator"),
    ("ticket", "coordinator"),
    ("/inbox/", "leader"),
    ("/roster/", "coordinator"),
    ("/roster/SVHTT/", "officer-svhtt"),
    ("/roster/SGDDT/", "head-sgddt"),
    ("/handover/?to=load", "head-sgddt"),
]
LINKS = {
    "project": ("/projects/", "#results ol li a[href*='/projects/']"),
    "answer": ("/answers/", "main a[href*='/answers/KN-']"),
    "session": ("/sessions/", "main li a.title[href*='/sessions/']"),
    "receipt": ("/assisted/", "main a[href*='/assisted/KN-']"),
    "content": ("/", "footer ul a[href^='/{language}/']:not([href*='transparency'], [href*='wall'])"),
    "ticket": ("", "main a[href*='/tickets/KN-']"),
}


def _address(people: People, path: str, name: str, language: str) -> str:
    if path not in LINKS:
        return f"/{language}{path}"
    start, selector = LINKS[path]
    start = start or ("/tickets/?show=open" if name == "enterprise" else "/board/")
    page = people.visit(f"/{language}{start}", name)
    return str(page.locator(selector.format(language=language)).first.get_attribute("href"))


@pytest.mark.parametrize(("path", "name"), PAGES)
def test_page_is_accessible_translated_and_fits(people: People, path: str, name: str) -> None:
    page = people.visit(_address(people, path, name, "vi"), name)
    assert page.locator("h1").count() == 1
    assert page.evaluate("document.documentElement.lang") == "vi"
    assert not scrolls_sideways(page)
    assert english_left(page) == []
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    if IS_LONG:
        assert violations(page, only=COLOURS) == []
    page.set_viewport_size(WIDE)
    page.reload()  # what is folded on a narrow screen lies open on a wide one
    assert violations(page) == []
    assert not scrolls_sideways(page)
    if IS_LONG:
        page.emulate_media(color_scheme="light")
        assert violations(page, only=COLOURS) == []


@pytest.mark.parametrize(
    ("path", "name"), [("/", ""), ("project", ""), ("ticket", "enterprise"), ("/board/", "leader")]
)
def test_page_in_english(people: People, path: str, name: str) -> None:
    page = people.visit(_address(people, path, name, "en"), name)
    assert page.locator("h1").count() == 1
    assert page.evaluate("document.documentElement.lang") == "en"
    assert not scrolls_sideways(page)
    page.set_viewport_size(WIDE)
    page.reload()
    assert violations(page) == []
