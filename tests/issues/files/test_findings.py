"""Each refusal has a sentence of its own, in the language of the person who reads it."""

from django.utils import translation

from issues.files.findings import Finding, NotAccepted


def test_every_finding_has_its_own_sentence() -> None:
    with translation.override("en"):
        sentences = {str(finding.value) for finding in Finding}
    assert len(sentences) == len(Finding)
    assert all(sentence.endswith(".") for sentence in sentences)


def test_the_sentence_is_made_when_it_is_read() -> None:
    refused = NotAccepted(Finding.DDE)
    with translation.override("en"):
        assert refused.sentence.startswith("A DDE field")
    assert NotAccepted(Finding.NOT_ACCEPTED, "HEIF was found.").sentence == "HEIF was found."
