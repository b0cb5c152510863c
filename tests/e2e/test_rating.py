"""One click in the mail: the page that it opens sends the rating at the first sign of a person, and not before."""

import os
import subprocess
from pathlib import Path

from playwright.sync_api import expect

from deploy.steps import ROOT
from deploy.throwaway import PYTHON, environment
from tests.e2e.people import People

# The link in the mail of an answer that nobody has rated yet; its server sends no mail, so the test makes the link.
LINK = """
from issues.models import Ticket
from issues.mail.rating_tokens import RatingToken
tickets = Ticket.objects.filter(status="resolved", ratings=None, enterprise__memberships__isnull=False)
ticket = tickets.first()
print(RatingToken(ticket.pk, ticket.cycle, ticket.enterprise.memberships.first().user_id).write())
"""


def rating_path(data: Path) -> str:
    answer = subprocess.run(
        [str(PYTHON), "manage.py", "shell", "-v", "0", "-c", LINK],
        cwd=ROOT,
        env={**os.environ, **environment(data)},
        capture_output=True,
        text=True,
        check=True,
    )
    return f"/vi/rating/{answer.stdout.split()[-1]}/?score="


def test_a_person_rates_and_a_program_that_opens_the_link_does_not(people: People, data: Path) -> None:
    path = rating_path(data)
    for script in (False, True):
        page = people.open(f"{path}4", java_script_enabled=script)
        page.wait_for_timeout(1_000)
        expect(page.locator("form[data-sends-itself]")).to_have_count(1)
        expect(page.locator("input[name=score][value='4']")).to_be_checked()
    page.mouse.move(20, 20)
    page.mouse.move(40, 60)
    page.wait_for_url("**?done=1")
    expect(page.locator("main [role=status]")).to_contain_text("4 trên 5")
    without = people.open(f"{path}2", java_script_enabled=False, narrow=True)
    expect(without.locator("main [role=status]")).to_contain_text("4 trên 5")
    without.locator("form.rating textarea").fill("Chưa nói rõ căn cứ.")
    without.locator("form.rating button[type=submit]").click()
    expect(without.locator("main [role=status]")).to_contain_text("2 trên 5")
