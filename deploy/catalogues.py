"""Every text of the interface is in the Vietnamese catalogue, and none is fuzzy.

The sources are extracted into a copy, as `makemessages` does it, and the copy is compared: the tree stays as it is,
unless `--write` is given, which keeps the new catalogues in locale/ (`bin/messages`).
The English texts are the sources themselves.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from deploy.check import PACKAGES
from deploy.steps import ROOT

LANGUAGES = ("vi", "en")
SOURCE_LANGUAGE = "en"
SHOWN = 15
VOLATILE = (
    '"Report-Msgid-Bugs-To',
    '"POT-Creation-Date',
    '"PO-Revision-Date',
    '"Last-Translator',
    '"Language-Team',
    '"Generated-By',
)


def copy_sources(target: Path) -> None:
    """What texts can stand in, and the catalogues."""
    skip = shutil.ignore_patterns("__pycache__", "*.mo", "migrations")
    for folder in (*PACKAGES, "templates", "locale"):
        if (ROOT / folder).is_dir():
            shutil.copytree(ROOT / folder, target / folder, ignore=skip)
    (target / "locale").mkdir(exist_ok=True)


def missing(catalogue: Path, language: str) -> list[str]:
    """What is untranslated or fuzzy, one line each."""
    with catalogue.open("rb") as file:
        messages = [message for message in read_po(file, locale=language) if message.id]
    found = []
    for message in messages:
        texts = message.string if isinstance(message.string, tuple) else (message.string,)
        name = message.id[0] if isinstance(message.id, tuple) else message.id
        if message.fuzzy:
            found.append(f"{language}: fuzzy: {name!r}")
        elif language != SOURCE_LANGUAGE and not all(texts):
            found.append(f"{language}: untranslated: {name!r}")
    return found


def tidy(catalogue: Path, language: str) -> None:
    """Write a catalogue in one fixed form: a short header, no dates, so that only texts show in a difference."""
    with catalogue.open("rb") as file:
        read = read_po(file, locale=language)
    new = Catalog(locale=language, project="Trong Ngày", version="1", header_comment="# Trong Ngày", fuzzy=False)
    for message in read:
        if message.id:
            new.add(message.id, message.string, flags=message.flags, context=message.context)
    with catalogue.open("wb") as file:
        write_po(file, new, width=0, omit_header=False)
    lines = catalogue.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.startswith(VOLATILE)]
    catalogue.write_text("\n".join(kept).rstrip() + "\n", encoding="utf-8")


def extract(copy: Path) -> None:
    """Read the texts of the sources into catalogues inside `copy`; exits with what went wrong."""
    copy_sources(copy)
    chosen = [part for language in LANGUAGES for part in ("-l", language)]
    command = [sys.executable, "-m", "django", "makemessages", *chosen, "--no-location", "--no-wrap", "--no-obsolete"]
    answer = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False)
    if answer.returncode:
        print(answer.stdout + answer.stderr)
        sys.exit(1)


def main() -> None:
    if shutil.which("xgettext") is None:
        print("xgettext is needed to read the texts. Install it, for example with: apt-get install gettext")
        sys.exit(1)
    with tempfile.TemporaryDirectory(dir=ROOT / "var") as folder:
        copy = Path(folder)
        extract(copy)
        if "--write" in sys.argv:
            shutil.copytree(copy / "locale", ROOT / "locale", dirs_exist_ok=True)
            for language in LANGUAGES:
                tidy(ROOT / "locale" / language / "LC_MESSAGES" / "django.po", language)
        found = []
        for language in LANGUAGES:
            found += missing(copy / "locale" / language / "LC_MESSAGES" / "django.po", language)
    for line in found[:SHOWN]:
        print(line)
    if found:
        print(f"{len(found)} texts are missing in locale/")
        sys.exit(1)


if __name__ == "__main__":
    main()
