"""Two kept libraries as second opinions: no line that one of them keeps, and that is the person's, is cut by us."""

import pytest
from email_reply_parser import EmailReplyParser
from mailparser_reply import EmailReplyParser as MailparserReply

from issues.mail.inbound.quotes import split
from tests.issues.mail.inbound.mails import PLAIN, Mail


def kept_by_others(text: str) -> set[str]:
    """Lines that at least one of them takes for the reply."""
    replies = (
        MailparserReply(languages=["en", "de", "fr"]).parse_reply(text) or "",
        EmailReplyParser.parse_reply(text),
    )
    return {line.strip() for reply in replies for line in reply.split("\n") if line.strip()}


@pytest.mark.parametrize("mail", PLAIN, ids=lambda mail: mail.name)
def test_what_others_keep_of_the_own_words_is_kept(mail: Mail) -> None:
    kept = {line.strip() for line in split(mail.text).own.split("\n")}
    assert kept_by_others(mail.text) & {line.strip() for line in mail.own_lines} <= kept


def test_they_have_an_opinion() -> None:
    """Without this the comparison could be empty: each keeps the words of most mails, and cuts most quotations."""
    with_own = [mail for mail in PLAIN if mail.own_lines]
    agreed = [mail for mail in with_own if set(mail.own_lines) <= kept_by_others(mail.text)]
    assert len(agreed) > len(with_own) * 2 / 3
