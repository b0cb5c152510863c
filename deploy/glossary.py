"""Writes docs/glossary.md from data/glossary.csv; with --check only says whether it is up to date."""

import csv
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "glossary.md"
HEAD = """# Glossary

Generated from `data/glossary.csv` by `python -m deploy.glossary`. Use these words in code, interface and documents.
"""


def render() -> str:
    """The document, grouped as the data is."""
    with (ROOT / "data" / "glossary.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    parts = [HEAD]
    for group in dict.fromkeys(row["group"] for row in rows):
        parts.append(f"\n## {group.capitalize()}\n\n| Vietnamese | English | meaning |\n|---|---|---|\n")
        parts += [
            f"| {_cell(row['term_vi'])} | {_cell(row['term_en'])} | {_cell(row['definition_en'])} |\n"
            for row in rows
            if row["group"] == group
        ]
    return "".join(parts)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def main() -> None:
    text = render()
    if "--check" not in sys.argv:
        TARGET.write_text(text, encoding="utf-8")
    elif not TARGET.exists() or TARGET.read_text(encoding="utf-8") != text:
        sys.exit("docs/glossary.md is stale: run .venv/bin/python -m deploy.glossary")


if __name__ == "__main__":
    main()
