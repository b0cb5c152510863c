"""One click in the mail: the page that it opens sends the rating at the first sign of a person, and not before."""

import re

from playwright.sync_api import expect

from tests.e2e.people import People


def rating_path(people: People) -> str:
    """The link for four of five, from a mail that the demonstration has sent."""
    page = people.open("/vi/demo/mail/?q=tra loi")
    page.wait_for_selector(".mails li")
    texts = "\n".join(page.locator(".mailbody pre").all_text_contents())
    found = re.search(r"(/vi/rating/\S+\?score=)4", texts)
    assert found, "no answer was mailed"
    return f"{found[1]}4"


def test_a_person_rates_and_a_program_that_opens_the_link_does_not(people: People) -> None:
    path = rating_path(people)
    for script in (False, True):
        page = people.open(path, java_script_enabled=script)
        page.wait_for_timeout(1_000)
        expect(page.locator("form[data-sends-itself]")).to_have_count(1)
        expect(page.locator("input[name=score][value='4']")).to_be_checked()
    page.mouse.move(20, 20)
    page.mouse.move(40, 60)
    page.wait_for_url("**?done=1")
    expect(page.locator("main [role=status]")).to_contain_text("4 trên 5")
    without = people.open(path.replace("=4", "=2"), java_script_enabled=False, narrow=True)
    expect(without.locator("main [role=status]")).to_contain_text("4 trên 5")
    without.locator("form.rating textarea").fill("Chưa nói rõ căn cứ.")
    without.locator("form.rating button[type=submit]").click()
    expect(without.locator("main [role=status]")).to_contain_text("2 trên 5")
