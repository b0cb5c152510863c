"""The texts of mails by type of event and by side: enterprise or agency."""

from issues.mail import agency_texts, clock_texts, enterprise_texts, incoming_texts
from issues.mail.scene import Scene
from issues.mail.words import Say, Words

# An event that both sides get has a text in each table.
FOR_ENTERPRISES: dict[str, Say] = {
    **enterprise_texts.TEXTS,
    **clock_texts.FOR_ENTERPRISES,
    **incoming_texts.FOR_ENTERPRISES,
}
FOR_AGENCIES: dict[str, Say] = {
    **agency_texts.TEXTS,
    **clock_texts.FOR_AGENCIES,
    **incoming_texts.FOR_AGENCIES,
}


def words_for(scene: Scene) -> Words:
    """The words in the active language. KeyError for an event that this side never gets."""
    table = FOR_ENTERPRISES if scene.to_enterprise else FOR_AGENCIES
    return table[scene.event.type](scene)
