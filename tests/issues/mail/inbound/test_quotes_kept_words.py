"""The table of mails, each told apart as it says."""

import pytest

from issues.mail.inbound.plain import text_of_html
from issues.mail.inbound.quotes import Words, split
from tests.issues.mail.inbound.mails import MAILS, Mail


def told_apart(mail: Mail) -> Words:
    return split(text_of_html(mail.text) if mail.is_html else mail.text)


@pytest.mark.parametrize("mail", MAILS, ids=lambda mail: mail.name)
def test_own_words_are_kept_and_the_rest_is_cut(mail: Mail) -> None:
    words = told_apart(mail)
    assert words.own == mail.own
    assert mail.cut in words.cut
    assert bool(words.cut) == bool(mail.cut)


@pytest.mark.parametrize("mail", MAILS, ids=lambda mail: mail.name)
def test_no_line_is_lost(mail: Mail) -> None:
    text = text_of_html(mail.text) if mail.is_html else mail.text
    words = split(text)
    kept = [line.strip() for part in words for line in part.split("\n") if line.strip() and line != "> […]"]
    assert sorted(kept) == sorted(line.strip() for line in text.split("\n") if line.strip())


def test_the_table_is_long_enough_and_each_mail_has_its_name() -> None:
    assert len({mail.name for mail in MAILS}) == len(MAILS) >= 40
