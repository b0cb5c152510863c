"""The mails of the demonstration can be read, and run nothing."""

from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client

from issues.events.drain import drain
from issues.mail import outbox
from issues.notifications.mail import MAIL
from tests.issues.conftest import TaskForce
from tests.issues.web.conftest import text_of

LIST, READ, MAILS = "/en/notifications/", "/en/notifications/read/", "/en/demo/mail/"
pytestmark = pytest.mark.usefixtures("half_past_nine")


class TestDemoMail:
    @pytest.fixture(autouse=True)
    def _demo(self, settings: LazySettings, tmp_path: Path) -> None:
        settings.TN_DEMO = True
        settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
        settings.EMAIL_FILE_PATH = tmp_path

    def sent(self, force: TaskForce) -> None:
        force.file()
        drain(MAIL)
        outbox.send_due()

    def test_what_was_sent_can_be_read_and_searched(self, force: TaskForce, client: Client) -> None:
        self.sent(force)
        found = {mail.to: mail.subject for mail in client.get(MAILS).context["page_obj"]}
        assert len(found) == 2  # receipt, suggested officer; the head reads it in the digest
        one = client.get(MAILS, {"q": force.filer.email}).context["page_obj"].object_list
        assert [force.filer.email in mail.to for mail in one] == [True]
        assert "No e-mail matches" in text_of(client.get(MAILS, {"q": "không có"}))

    def test_the_html_part_may_run_nothing(self, force: TaskForce, client: Client) -> None:
        self.sent(force)
        name = client.get(MAILS).context["page_obj"][0].name
        response = client.get(f"{MAILS}{name}/")
        policy = response.headers["Content-Security-Policy"]
        assert "sandbox" in policy
        assert "script-src 'none'" in policy
        assert "<h1" in response.content.decode()

    def test_a_name_that_is_none_is_not_found(self, force: TaskForce, client: Client) -> None:
        assert client.get(f"{MAILS}..%2F..%2Fetc/").status_code == 404
        assert client.get(f"{MAILS}nothing/").status_code == 404

    def test_outside_of_the_demonstration_there_is_no_such_page(
        self, force: TaskForce, client: Client, settings: LazySettings
    ) -> None:
        settings.TN_DEMO = False
        assert client.get(MAILS).status_code == 404
        assert client.get(f"{MAILS}nothing/").status_code == 404
