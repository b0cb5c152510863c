import gettext
import os
from pathlib import Path

from deploy.catalogues import missing
from deploy.prepare import compile_messages

HEADER = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Plural-Forms: nplurals=1; plural=0;\\n"\n\n'
)


def write(root: Path, text: str) -> Path:
    file = root / "locale" / "vi" / "LC_MESSAGES" / "django.po"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(HEADER + text, encoding="utf-8")
    return file


def test_messages_are_compiled_once_and_again_when_they_change(tmp_path: Path) -> None:
    source = write(tmp_path, 'msgid "project"\nmsgstr "dự án"\n')
    assert compile_messages(tmp_path) == 1
    assert compile_messages(tmp_path) == 0
    os.utime(source, ns=(0, source.with_suffix(".mo").stat().st_mtime_ns + 10**9))
    assert compile_messages(tmp_path) == 1
    with source.with_suffix(".mo").open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("project") == "dự án"


def test_untranslated_and_fuzzy_texts_are_found(tmp_path: Path) -> None:
    file = write(
        tmp_path,
        'msgid "done"\nmsgstr "xong"\n\nmsgid "empty"\nmsgstr ""\n\n#, fuzzy\nmsgid "guess"\nmsgstr "đoán"\n\n'
        'msgid "%(n)d day"\nmsgid_plural "%(n)d days"\nmsgstr[0] ""\n\n#~ msgid "old"\n#~ msgstr ""\n',
    )
    assert missing(file, "vi") == [
        "vi: untranslated: 'empty'",
        "vi: fuzzy: 'guess'",
        "vi: untranslated: '%(n)d day'",
    ]
