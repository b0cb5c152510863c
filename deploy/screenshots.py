"""`python -m deploy.screenshots`: the pictures in docs/screenshots, of the demonstration on a Wednesday at 15:20."""

import shutil
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from deploy import throwaway
from deploy.steps import ROOT, say

TARGET = ROOT / "docs" / "screenshots"
MOMENT = datetime(2026, 11, 18, 15, 20, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
WIDTHS = {1440: 900, 390: 844}
COLOURS = 128  # a picture of text needs no more, and weighs a third
HIGHEST = 2600  # pixels: what comes further down is more of the same

# name, who (empty: nobody), path; {ticket} is one that waits for an opinion.
PICTURES = (
    ("home", "", "/vi/"),
    ("home-en", "", "/en/"),
    ("projects", "", "/vi/projects/?q=khu+cong+nghiep"),
    ("projects-en", "", "/en/projects/"),
    ("projects-map", "", "/vi/projects/"),
    ("projects-corrected-en", "", "/en/projects/?q=motorwy&tab=all"),
    ("projects-empty", "", "/vi/projects/?q=s%C3%A2n+golf+C%C3%A0+Mau"),
    ("projects-empty-en", "", "/en/projects/?q=golf+course+Ca+Mau"),
    ("search", "", "/vi/search/?q=giay+phep+xay+dung"),
    ("search-en", "", "/en/search/?q=social+housing+hanoi"),
    ("save-search", "investor", "/vi/account/searches/new/?q=khu+cong+nghiep&tab=city"),
    ("saved-searches-en", "investor", "/en/account/searches/"),
    ("word-groups", "editor", "/admin/word-groups/"),
    ("searched-words", "editor", "/admin/searched-words/?days=90"),
    ("try-search", "editor", "/admin/try-search/?q=motorway&locale=en"),
    ("project", "", "{project}"),
    ("my-tickets", "enterprise", "/vi/tickets/"),
    ("filing", "enterprise", "/vi/tickets/new/"),  # leaves a draft behind
    ("ticket-enterprise", "{filer}", "/vi/tickets/{ticket}/"),
    ("ticket-officer", "{officer}", "/vi/tickets/{ticket}/"),
    ("inbox", "officer-stc", "/vi/inbox/"),
    ("board", "coordinator", "/vi/board/"),
    ("roster", "coordinator", "/vi/roster/"),
    ("session", "", "/vi/sessions/1/"),
    ("notification-choices", "head-stc", "/vi/account/notifications/"),
    ("rules", "coordinator", "/admin/routingrule/"),
    ("rule", "coordinator", "/admin/routingrule/edit/1/"),
    ("calendar-year", "admin", "/admin/calendar/1/year/2026/"),
    ("time-limits", "admin", "/admin/targetsetting/"),
    ("transparency", "", "/vi/transparency/"),
)
TITLE = "Cải tạo mái nhà xưởng khởi công năm 2012 có phải xin giấy phép xây dựng không?"
BODY = "Nhà xưởng của công ty khởi công năm 2012 và đang hoạt động. Tháng này công ty thay mái, không đổi diện tích."


def main() -> None:
    TARGET.mkdir(parents=True, exist_ok=True)
    var = ROOT / "var" / "screenshots"
    data = var / "run"
    shutil.rmtree(data, ignore_errors=True)
    shutil.copytree(throwaway.template(var, moment=MOMENT), data)
    with throwaway.running(data, moment=MOMENT) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", "--disable-dev-shm-usage"],
        )
        for name, page in _pages(browser, address):
            save(page.screenshot(full_page=True), TARGET / f"{name}.png")
            say(f"{name}.png")
        browser.close()


def save(picture: bytes, target: Path) -> None:
    """Keep a picture small: fewer colours and a limited height."""
    image = Image.open(BytesIO(picture)).convert("RGB")
    image = image.crop((0, 0, image.width, min(image.height, HIGHEST)))
    image.quantize(COLOURS).save(target, optimize=True)


def _pages(browser: Browser, address: str) -> Iterator[tuple[str, Page]]:
    words = _words(browser, address)
    for name, who, path in PICTURES:
        for width, height in WIDTHS.items():
            page = _open(browser, address, who.format(**words), width, height)
            page.goto(address + path.format(**words))
            if name == "filing":
                _type(page)
            if name == "saved-searches-en" and width == max(WIDTHS):
                _save_searches(page, address + path)
            page.wait_for_timeout(600)
            yield f"{name}-{width}", page
            page.context.close()
    page = _open(browser, address, "", 1920, 1080)
    page.goto(f"{address}/vi/wall/")
    page.wait_for_timeout(600)
    yield "wall-1920", page


def _open(browser: Browser, address: str, who: str, width: int, height: int) -> Page:
    context = browser.new_context(
        viewport={"width": width, "height": height}, locale="vi-VN", reduced_motion="reduce", base_url=address
    )
    page = context.new_page()
    if who:
        page.goto("/vi/account/login/")
        page.fill("#id_login", f"{who}@demo.example")
        page.fill("#id_password", "demo")
        page.click("form:has(#id_password) button[type=submit]")
        page.wait_for_load_state()
    return page


def _words(browser: Browser, address: str) -> dict[str, Any]:
    """A ticket with an open consultation, the two people who look at it, and a project with an area."""
    page = _open(browser, address, "coordinator", 1440, 900)
    tickets = page.request.get("/api/v1/tickets?status=in_progress&page_size=100").json()["results"]
    found = next((t for t in tickets if _is_consulted(page, t["code"])), tickets[0])
    row = page.request.get(f"/api/v1/tickets/{found['code']}").json()
    agency = row["lead_agency"]["code"].lower()
    number = row["assignee"]["name"].rpartition("-")[2]
    filer = {"Thí": "enterprise", "Ví": "enterprise2"}.get(
        str(row.get("enterprise", {}).get("name", "")).split()[-2], ""
    )
    projects = page.request.get("/api/v1/projects?province=Hà Nội&area_min=100&capital_min=1000").json()["results"]
    page.context.close()
    return {
        "ticket": found["code"],
        "officer": f"officer{'' if number == '1' else number}-{agency}",
        "filer": filer or f"enterprise{str(row['enterprise']['name']).split()[-1]}",
        "project": projects[0]["url"].replace(address, ""),
    }


def _is_consulted(page: Page, code: str) -> bool:
    """Whether an opinion was asked and none has come."""
    types = [event["type"] for event in page.request.get(f"/api/v1/tickets/{code}/events").json()["events"]]
    return types.count("consultation.requested") > types.count("consultation.answered")


def _save_searches(page: Page, overview: str) -> None:
    """Save two, so that the list of saved searches has something to show."""
    for query in ("q=motorway&tab=all", "sector=logistics_port&tab=elsewhere"):
        page.goto(f"/en/account/searches/new/?{query}")
        page.click("main form[method=post] button[type=submit]")
        page.wait_for_load_state()
    page.goto(overview)


def _type(page: Page) -> None:
    page.fill("[name=title]", TITLE)
    page.fill("[name=body]", BODY)
    page.locator("[name=body]").blur()
    page.wait_for_timeout(1500)


if __name__ == "__main__":
    main()
