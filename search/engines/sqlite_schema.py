"""The tables of the SQLite engine, with the same rowids: what a document is filtered by, what it shows, its words.

`search_document` is narrow, so that filters and facets over very many matches read little. `search_text` holds the
originals of the few that are shown. `search_words` is an ordinary FTS5 table: four columns of folded words, and one
of the words as written, for ranking matches with their marks higher.
"""

from __future__ import annotations

DOCUMENTS = "search_document"
TEXTS = "search_text"
WORDS = "search_words"
VOCABULARY = "search_vocabulary"

FOLDED_COLUMNS = ("title", "names", "summary", "body")
MARKED_COLUMN = "marked"
WORD_COLUMNS = (*FOLDED_COLUMNS, MARKED_COLUMN)

_COLUMNS = (
    "id TEXT NOT NULL UNIQUE",
    "kind TEXT NOT NULL",
    "locale TEXT NOT NULL",
    "object_id INTEGER NOT NULL",
    "sector TEXT NOT NULL",
    "province TEXT NOT NULL",
    "form TEXT NOT NULL",
    "status TEXT NOT NULL",
    "capital TEXT NOT NULL",
    "area TEXT NOT NULL",
    "ward TEXT NOT NULL",
    "capital_vnd REAL",
    "area_ha REAL",
    "year INTEGER",
    "confirmed_on TEXT",
    "fresh_until TEXT",
    "sort_name TEXT NOT NULL",
)
TEXT_COLUMNS = ("title", "summary", "names", "url", "body")
COLUMN_NAMES = tuple(column.split()[0] for column in _COLUMNS)


def create(suffix: str = "") -> list[str]:
    """The statements that make an empty index; `suffix` distinguishes an index being built from the one in use."""
    texts = ", ".join(f"{column} TEXT NOT NULL" for column in TEXT_COLUMNS)
    return [
        f"CREATE TABLE {DOCUMENTS}{suffix} (rowid INTEGER PRIMARY KEY, {', '.join(_COLUMNS)})",
        f"CREATE TABLE {TEXTS}{suffix} (rowid INTEGER PRIMARY KEY, {texts})",
        f"CREATE VIRTUAL TABLE {WORDS}{suffix} USING fts5({', '.join(WORD_COLUMNS)}, "
        "tokenize = 'unicode61 remove_diacritics 0', prefix = '2 3')",
    ]


def create_vocabulary() -> list[str]:
    """The view of the words of the index in use. It looks the index up by name, so it survives a swap."""
    return [f"CREATE VIRTUAL TABLE {VOCABULARY} USING fts5vocab({WORDS}, 'col')"]


def drop(suffix: str = "") -> list[str]:
    """The statements that remove an index."""
    return [f"DROP TABLE IF EXISTS {table}{suffix}" for table in (WORDS, TEXTS, DOCUMENTS)]


def rename(suffix: str) -> list[str]:
    """The statements that give a finished index the names of the one in use, which must be gone."""
    return [f"ALTER TABLE {table}{suffix} RENAME TO {table}" for table in (WORDS, TEXTS, DOCUMENTS)]
