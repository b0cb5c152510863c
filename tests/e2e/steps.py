"""What people do on the pages, in words that the journeys share."""

import re

from playwright.sync_api import Page, expect

TITLE = "Chậm cấp giấy phép xây dựng nhà xưởng"
BODY = "Hồ sơ xin giấy phép xây dựng nhà xưởng đã nộp đủ từ ngày 2/11 mà chưa có kết quả. Đề nghị cho biết vì sao."
_CODE = re.compile(r"/tickets/(KN-\d{4}-\d{4,})/")


def file_proposal(page: Page, title: str = TITLE) -> str:
    """File a proposal that goes to the department of construction; returns its code. Ends on its page."""
    page.goto("/vi/tickets/new/")
    page.fill("[name=title]", title)
    page.fill("[name=body]", BODY)
    page.select_option("[name=category]", "construction")
    page.click("#filing button[type=submit]:not([formaction])")
    return code_of(page)


def code_of(page: Page) -> str:
    """The code in the address of the ticket's page, once it is there."""
    page.wait_for_url(_CODE)
    found = _CODE.search(page.url)
    assert found
    return found[1]


def open_ticket(page: Page, code: str, *, tab: str = "") -> None:
    page.goto(f"/vi/tickets/{code}/" + (f"?tab={tab}" if tab else ""))


def act(page: Page, tool: str, **fields: str) -> None:
    """Fill in one tool of a ticket's page and send it. Radios, boxes to tick and lists are given by their value."""
    form = page.locator(f"form[data-tool^='{tool}']").first
    for name, value in fields.items():
        control = form.locator(f"[name='{name}']").first
        tag = control.evaluate("node => node.type")
        if tag in ("radio", "checkbox"):
            # The drawn button lies on top of the input, as for a person.
            form.locator(f"[name='{name}'][value='{value}']").check(force=True)
        elif tag.startswith("select"):
            control.select_option(value)
        else:
            control.fill(value)
    with page.expect_navigation():
        form.locator("button[type=submit]").click()


def follows(page: Page) -> None:
    """Wait until the page is connected and will show what others do."""
    expect(page.locator(".live").first).to_have_attribute("data-live", "on", timeout=10_000)


def done(page: Page, words: str) -> None:
    """The page says that it was done."""
    expect(page.locator("main [role=status] .notice").first).to_contain_text(words)
