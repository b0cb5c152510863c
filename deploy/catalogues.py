"""Every text of the interface is in the Vietnamese catalogue, and none is fuzzy.

The sources are extracted into a copy, as `makemessages` does it, and the copy is compared: the tree stays as it is.
The English texts are the sources themselves.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from babel.messages.pofile import read_po

from deploy.check import PACKAGES
from deploy.steps import ROOT

LANGUAGES = ("vi", "en")
SOURCE_LANGUAGE = "en"
SHOWN = 15


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


def main() -> None:
    if shutil.which("xgettext") is None:
        print("xgettext is needed to read the texts. Install it, for example with: apt-get install gettext")
        sys.exit(1)
    with tempfile.TemporaryDirectory(dir=ROOT / "var") as folder:
        copy = Path(folder)
        copy_sources(copy)
        chosen = [part for language in LANGUAGES for part in ("-l", language)]
        command = [sys.executable, "-m", "django", "makemessages", *chosen, "--no-location", "--no-wrap"]
        answer = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False)
        if answer.returncode:
            print(answer.stdout + answer.stderr)
            sys.exit(1)
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
