"""Without JavaScript everything that matters can be done."""

from playwright.sync_api import expect

from tests.e2e.people import People
from tests.e2e.steps import BODY, TITLE, code_of, done, file_proposal, open_ticket


def test_a_proposal_is_kept_as_a_draft_and_filed(people: People) -> None:
    page = people.open("/vi/tickets/new/", "enterprise2", narrow=True, java_script_enabled=False)
    page.fill("[name=title]", TITLE)
    page.click("#filing button[formaction]")
    page.wait_for_url("**?draft=*")
    page.fill("[name=body]", BODY)
    page.click("#filing button[type=submit]:not([formaction])")
    code = code_of(page)
    expect(page.locator("main [role=status]").first).to_contain_text(code)


def test_an_officer_works_on_a_proposal(people: People) -> None:
    code = file_proposal(people.page("enterprise2"))
    page = people.page("officer-sxd", java_script_enabled=False)
    open_ticket(page, code)
    form = page.locator("form[data-tool=accept]")
    form.locator("button").click()
    done(page, "Đã")
    page.locator(".desk .tabs a[href*='tab=note']").click()
    page.locator("form[data-tool=note] [name=body]").fill("Đã gọi cho công ty.")
    page.locator("form[data-tool=note] button").click()
    expect(page.locator("#ticket-timeline")).to_contain_text("Đã gọi cho công ty.")
    page.locator(".desk .tabs a[href*='tab=resolve']").click()
    page.locator("form[data-tool=resolve] button").click()  # nothing written: the page says what is missing
    expect(
        page.locator("form[data-tool=resolve] [data-error-summary], form[data-tool=resolve] .notice")
    ).to_be_visible()


def test_projects_are_filtered(people: People) -> None:
    page = people.open("/vi/projects/", java_script_enabled=False)
    facet = page.locator("#finder input[name=sector]").first
    count = facet.locator("xpath=following-sibling::label/span[2]").inner_text()
    facet.check()
    page.locator("noscript button, .facets button[type=submit]").first.click()
    expect(page.locator("#results .resultbar b")).to_contain_text(f"{count} ")
