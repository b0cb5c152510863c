"""Limits on mails to one mailbox. What is too much is left out without a word.

A refusal would say that others have written to the address, and let strangers keep its owner from asking. The links
and codes of the mails before stay valid. Limits on who asks (an address, a person) refuse with the time to wait.
"""

from accounts.models import User
from core import limits
from core.security_log import security_event


def may_mail(name: str, email: str, *, about: str = "") -> bool:
    """Count a mail for the limit of that name, for each thing that it is about. False, with a line in the log, where it
    is one too many."""
    asked = limits.limit(name)
    if asked.count(f"{email.lower()}|{about}") <= asked.most:
        return True
    person = User.objects.filter(email__iexact=email).values_list("pk", flat=True).first()
    security_event("mail_left_out", limit=name, person=person)
    return False
