"""Finding a project."""

import re

from playwright.sync_api import expect

from tests.e2e.people import People


def test_a_reader_finds_a_project_and_keeps_it_in_the_other_language(people: People) -> None:
    page = people.open("/vi/projects/")
    page.fill("#q", "khu cong nghiep")
    page.press("#q", "Enter")
    page.wait_for_url("**/projects/?*q=khu*")
    marks = page.locator("#results mark")
    expect(marks.first).to_be_visible()
    assert {"công", "nghiệp"} <= {word for text in marks.all_inner_texts() for word in text.casefold().split()}

    page.locator("#finder .tabs a").nth(2).click()  # all of them, the city's own and those elsewhere
    page.wait_for_url("**/projects/?*tab=all")
    before = int(page.locator("#results .resultbar b").inner_text().split()[0])
    facet = page.locator("#finder input[name=province]").first
    label, count = facet.locator("xpath=following-sibling::label/span").all_inner_texts()
    facet.check()
    expect(page.locator("#results .chips")).to_contain_text(label)
    expect(page.locator("#results .resultbar b")).to_have_text(re.compile(rf"^{count} "))
    assert int(count) < before

    page.reload()  # the address holds all of it
    expect(page.locator("#results .resultbar b")).to_have_text(re.compile(rf"^{count} "))
    page.locator("#results ol h3 a, #results ol a.title").first.click()
    code = page.locator(".title-block .num.muted").inner_text()
    assert page.evaluate("document.documentElement.lang") == "vi"
    page.locator(".masthead a[hreflang=en]").click()
    page.wait_for_url("**/en/projects/**")
    assert page.locator(".title-block .num.muted").inner_text() == code
    assert page.evaluate("document.documentElement.lang") == "en"
