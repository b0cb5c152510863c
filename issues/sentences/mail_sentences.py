"""What came by mail and what became of it, one sentence for the timeline."""

from django.utils.html import format_html
from django.utils.translation import gettext as _

from issues.sentences.event_reading import Reading, Sentence, strong
from issues.sentences.left_out_words import say_left_out


def from_party(r: Reading) -> Sentence:
    text = _("{enterprise} wrote by e-mail; its proposal {ticket} was merged into this one")
    return Sentence(format_html(text, enterprise=strong(r.data["enterprise"]), ticket=r.data["ticket"]), r.data["body"])


def mail_noted(r: Reading) -> Sentence:
    said = [_("The e-mail did not count as the answer to the question")] if r.data.get("as_message") else []
    if r.data.get("passed_on"):
        said.append(_("The e-mail was passed on to {agency}").format(agency=r.data["passed_on"]))
    if r.data.get("original"):
        said.append(_("The e-mail has characters that cannot be read; its original is attached"))
    parts = say_left_out(r.data.get("left_out") or ())
    if parts:
        said.append(_("Left out of the e-mail"))
    return Sentence(format_html("{}", ". ".join(said)), "\n".join(parts))
