"""Steps that are done: a step is skipped while nothing that it depends on has changed."""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from deploy.steps import ROOT

_SKIPPED = {"dist", "node_modules", "__pycache__"}


def digest(*paths: Path, extra: str = "") -> str:
    """A hash of the files' names and contents; folders are walked, what is not there is left out."""
    result = hashlib.sha256(extra.encode())
    for file in sorted(_files(paths)):
        result.update(str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes() + b"\0")
    return result.hexdigest()[:32]


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_file():
            yield path
        elif path.is_dir():
            yield from _files(child for child in path.iterdir() if child.name not in _SKIPPED)


class Stamp:
    """A file with the digest of what a step was made from, and what the step must have left behind."""

    def __init__(self, file: Path, value: str, *made: Path) -> None:
        self.file, self.value, self.made = file, value, made

    def holds(self) -> bool:
        return (
            all(path.exists() for path in self.made)
            and self.file.is_file()
            and self.file.read_text(encoding="ascii") == self.value
        )

    def set(self) -> None:
        """After the step, never before: a step that was cut short is done again."""
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.file.write_text(self.value, encoding="ascii")
