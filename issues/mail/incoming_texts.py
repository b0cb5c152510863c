"""Texts about mails that came in: what became of them, and what they said about an answer."""

from django.utils.translation import gettext as _

from issues.mail.scene import Scene
from issues.mail.words import Say, Words
from issues.sentences.left_out_words import say_left_out


def disputed_for_enterprise(scene: Scene) -> Words:
    return Words(
        headline=_("You have written back about the answer"),
        lines=(
            _("Your proposal is not closed by silence any more, and you can reopen it at any time."),
            _("If it is not solved, reopen it: it goes back to the same agency, with a new clock."),
            _("If it is solved after all, please confirm it on its page."),
        ),
        action=_("Open your proposal"),
    )


def disputed(scene: Scene) -> Words:
    return Words(
        headline=_("The enterprise has written back about your answer"),
        lines=(_("The proposal is not closed by silence. The enterprise can reopen or confirm it."),),
        action=_("Open the proposal"),
    )


def message_from_party(scene: Scene) -> Words:
    headline = _("{enterprise} has written about {code}, which was merged into this proposal")
    return Words(
        headline=headline.format(enterprise=scene.data["enterprise"], code=scene.data["ticket"]),
        lines=(_("The enterprise that filed this proposal does not read it."),),
        quote=scene.data["body"],
        action=_("Open the proposal"),
    )


def mail_noted(scene: Scene) -> Words:
    """To the person who sent the mail, of either side."""
    lines, data = [], scene.data
    if data.get("as_message"):
        lines.append(_("It reads like an automatic reply, or it has no words, so it was kept as a message."))
        lines.append(_("The clock is still paused. If it was your answer, answer on the page, or write it once more."))
    if data.get("passed_on"):
        text = _("Your proposal was joined with another one. Your words were passed on to {agency}.")
        lines.append(text.format(agency=data["passed_on"]))
    if data.get("original"):
        lines.append(
            _("Some characters cannot be read, so the original was attached: {name}.").format(name=data["original"])
        )
        lines.append(_("Please check the text on the page, and correct it with a message."))
    parts = say_left_out(data.get("left_out") or ())
    if parts:
        lines += [_("These parts of your e-mail were left out:"), *(f"– {part}" for part in parts)]
    return Words(headline=_("What became of your e-mail"), lines=tuple(lines), action=_("Open the proposal"))


FOR_ENTERPRISES: dict[str, Say] = {"ticket.disputed": disputed_for_enterprise}
FOR_AGENCIES: dict[str, Say] = {
    "ticket.disputed": disputed,
    "message.from_party": message_from_party,
    "mail.noted": mail_noted,  # to its sender, of either side
}
