"""The tables of the SQLite engine, with the same rowids: what a document is filtered by, what it shows, its words.

`search_document` is narrow, so that filters and facets over very many matches read little. `search_text` holds the
originals of the few that are shown. `search_words` is an ordinary FTS5 table: four columns of keys, and one of the
words with their marks, for ranking them higher. `search_value` and `search_number` hold what is filtered and sorted
by, `search_term` every key once, for repairing a mistyped one, `search_gone` the versions of removed documents,
`search_form` the form that all of them were made in. Rebuilding makes them; where they are missing, or of another
form than these, a rebuild is due, and `Engine.health` says so. So a change of form needs no migration.
"""

from __future__ import annotations

import hashlib

DOCUMENTS = "search_document"
TEXTS = "search_text"
WORDS = "search_words"
VALUES = "search_value"
NUMBERS = "search_number"
TERMS = "search_term"
GONE = "search_gone"
FORM = "search_form"
VOCABULARY = "search_vocabulary"

KEY_COLUMNS = ("title", "names", "summary", "body")
MARKED_COLUMN = "marked"
WORD_COLUMNS = (*KEY_COLUMNS, MARKED_COLUMN)
# Stands in the marked column of every document: a condition that holds for all, beside which others only add rank.
EVERY = "0every0"

_COLUMNS = (
    "id TEXT NOT NULL UNIQUE",
    "kind TEXT NOT NULL",
    "locale TEXT NOT NULL",
    "object_id INTEGER NOT NULL",
    "version INTEGER NOT NULL",
    "is_public INTEGER NOT NULL",
    "own INTEGER NOT NULL",
    "weight REAL NOT NULL",
    "fresh_until TEXT",
    "sort_name TEXT NOT NULL",
    "title_exact TEXT NOT NULL",
    "facets TEXT NOT NULL",  # all values as one text: a group of one column counts every facet
)
COLUMN_NAMES = tuple(column.split()[0] for column in _COLUMNS)
TEXT_COLUMNS = ("title", "summary", "names", "url", "body")
ALL = (WORDS, TEXTS, VALUES, NUMBERS, TERMS, GONE, FORM, DOCUMENTS)


def create(suffix: str = "") -> list[str]:
    """The statements that make an empty index; `suffix` distinguishes an index being built from the one in use."""
    texts = ", ".join(f"{column} TEXT NOT NULL" for column in TEXT_COLUMNS)
    return [
        f"CREATE TABLE {DOCUMENTS}{suffix} (rowid INTEGER PRIMARY KEY, {', '.join(_COLUMNS)})",
        f"CREATE TABLE {TEXTS}{suffix} (rowid INTEGER PRIMARY KEY, {texts})",
        f"CREATE TABLE {VALUES}{suffix} (name TEXT NOT NULL, value TEXT NOT NULL, doc INTEGER NOT NULL, "
        "PRIMARY KEY (name, value, doc)) WITHOUT ROWID",
        f"CREATE INDEX {VALUES}{suffix}_doc ON {VALUES}{suffix} (doc)",
        f"CREATE TABLE {NUMBERS}{suffix} (doc INTEGER NOT NULL, name TEXT NOT NULL, value REAL NOT NULL, "
        "PRIMARY KEY (doc, name)) WITHOUT ROWID",
        f"CREATE TABLE {TERMS}{suffix} (term TEXT PRIMARY KEY) WITHOUT ROWID",
        f"CREATE TABLE {GONE}{suffix} (id TEXT PRIMARY KEY, version INTEGER NOT NULL) WITHOUT ROWID",
        f"CREATE TABLE {FORM}{suffix} (form TEXT NOT NULL)",
        f"CREATE VIRTUAL TABLE {WORDS}{suffix} USING fts5({', '.join(WORD_COLUMNS)}, "
        "tokenize = 'unicode61 remove_diacritics 0', prefix = '2 3')",
    ]


def create_vocabulary() -> list[str]:
    """The view of the words of the index in use. It looks the index up by name, so it survives a swap and a drop."""
    return [f"CREATE VIRTUAL TABLE {VOCABULARY} USING fts5vocab({WORDS}, 'col')"]


def drop(suffix: str = "") -> list[str]:
    """The statements that remove an index."""
    return [f"DROP TABLE IF EXISTS {table}{suffix}" for table in ALL]


def rename(suffix: str) -> list[str]:
    """The statements that give a finished index the names of the one in use, which must be gone."""
    return [f"ALTER TABLE {table}{suffix} RENAME TO {table}" for table in ALL]


def form() -> str:
    """A short mark of the present form of the tables: an unfinished index of another form is not gone on with."""
    return hashlib.sha256("\n".join(create()).encode()).hexdigest()[:8]
