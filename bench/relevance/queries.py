"""The judged queries: what people would type, and which projects, pages and answers they should find.

They were written from users' tasks and from the documents, and judged by reading the documents, before any result was
looked at. One line of `queries.jsonl` is one query; `fits` has the keys under their grade, a broad query all that fit:

3  exactly what was sought; all alike where the query is broad
2  good: another word, stage or place would have named it
1  acceptable: near it, and worth reading

A key is the code of a project, the key of a starting page (`cms/starter`), or the id of a published proposal
(`data/proposals.json`). Of those the demonstration publishes an answer only to some, and which depends on the hour:
`ANSWERED` are those of `PLAYED_UNTIL`, the moment to load it for (`manage.py load_demo --now`).
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal
from unicodedata import normalize

from cms.starter import CONTENT

FILE = Path(__file__).with_name("queries.jsonl")
DATA = Path(__file__).resolve().parents[2] / "data"

PLAYED_UNTIL = "2026-11-18T15:20:00+07:00"
# fmt: off
ANSWERED = frozenset({
    "P003", "P004", "P007", "P009", "P011", "P013", "P015", "P021", "P022", "P023", "P025", "P030",
    "P031", "P032", "P036", "P037", "P039", "P041", "P045", "P047", "P048", "P051", "P054", "P055",
    "P059", "P060", "P068",
})
# fmt: on

GRADES = (1, 2, 3)
KINDS = ("project", "page", "answer")
LOCALES = ("vi", "en")
NOTHING = "nothing"
# Of the queries that something fits: half Vietnamese, a quarter English, a quarter damaged, each give or take 0.05.
SHARES = {"vi": 0.5, "en": 0.25, "damaged": 0.25}
SHARE_TOLERANCE = 0.05
FEWEST, FEWEST_NOTHING = 280, 25

Half = Literal["tuning", "test"]


@dataclass(frozen=True)
class Query:
    """What one reader types. `grades` are 1 to 3 by key; empty where nothing fits."""

    id: str
    text: str
    locale: str  # the language of the reader
    query_class: str  # vi, en, damaged, nothing
    task: str
    kinds: tuple[str, ...]  # searched
    grades: Mapping[str, int]

    @property
    def half(self) -> Half:
        """The half it belongs to, by the hash of its text: other queries may come and go, it stays."""
        return "test" if sha256(normalize("NFC", self.text).encode()).digest()[0] % 2 else "tuning"


@cache
def load() -> tuple[Query, ...]:
    """All judged queries, by id. Raises ValueError, naming every problem, when the file is not as it should be."""
    queries = tuple(read(FILE.read_text(encoding="utf-8").splitlines()))
    if found := [*problems(queries, known_keys()), *uneven(queries)]:
        raise ValueError("\n".join(found))
    return queries


def half(which: Half) -> tuple[Query, ...]:
    """The queries to tune the ranking by, or those that only prove it."""
    return tuple(query for query in load() if query.half == which)


def read(lines: Iterable[str]) -> Iterator[Query]:
    """The query of each line. Raises ValueError for a line that is none, with its number."""
    for number, line in enumerate(lines, start=1):
        try:
            yield _query(json.loads(line))
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            raise ValueError(f"line {number} is no query: {error!r}") from error


def _query(row: dict[str, Any]) -> Query:
    grades: dict[str, int] = {}
    for grade, keys in row["fits"].items():
        for key in keys.split():
            if key in grades:
                raise ValueError(f"{key} has two grades")
            grades[key] = int(grade)
    return Query(
        id=row["id"],
        text=row["text"],
        locale=row["locale"],
        query_class=row["class"],
        task=row["task"],
        kinds=tuple(row["kinds"]),
        grades=grades,
    )


@cache
def known_keys() -> Mapping[str, str]:
    """The kind of each document that may be judged, by its key."""
    with (DATA / "projects.csv").open(encoding="utf-8", newline="") as file:
        projects = {row["code"]: "project" for row in csv.DictReader(file)}
    pages = {pair.key: "page" for pair in CONTENT}
    proposals = {row["id"] for row in json.loads((DATA / "proposals.json").read_text(encoding="utf-8"))}
    return {**projects, **pages, **dict.fromkeys(ANSWERED & proposals, "answer")}


def problems(queries: Sequence[Query], known: Mapping[str, str]) -> Iterator[str]:
    """What is wrong with single queries, and which stand there twice, or not in the order of their ids."""
    for query in queries:
        for problem in _problems(query, known):
            yield f"{query.id}: {problem}"
    for name, counts in (
        ("id", Counter(query.id for query in queries)),
        ("query", Counter((_typed(query), query.locale, query.kinds) for query in queries)),
    ):
        yield from (f"{name} {key} stands there {count} times" for key, count in counts.items() if count > 1)
    ids = [query.id for query in queries]
    if ids != sorted(ids):
        yield "the lines are not in the order of their ids"


def _typed(query: Query) -> str:
    """Capitals and blanks make no other query; marks do."""
    return " ".join(query.text.casefold().split())


def _problems(query: Query, known: Mapping[str, str]) -> Iterator[str]:
    if query.id.rpartition("-")[0] != query.query_class or query.query_class not in {*SHARES, NOTHING}:
        yield f"its id does not begin with its class, or there is no class {query.query_class}"
    if query.locale not in LOCALES:
        yield f"no reader has the language {query.locale}"
    if not query.kinds or not set(query.kinds) <= set(KINDS):
        yield f"kinds are {', '.join(KINDS)}, not {', '.join(query.kinds) or 'none'}"
    if not query.text.strip() or not query.task.strip():
        yield "it has no text or no task"
    if bool(query.grades) == (query.query_class == NOTHING):
        yield "something fits it" if query.grades else "nothing fits it"
    for key, grade in query.grades.items():
        if grade not in GRADES:
            yield f"{key} has the grade {grade}"
        if key not in known:
            yield f"there is no {key}"
        elif known[key] not in query.kinds:
            yield f"{key} is of the kind {known[key]}, which is not searched"


def uneven(queries: Sequence[Query]) -> Iterator[str]:
    """Where the set as a whole is too small or too one-sided to prove something."""
    classes = Counter(query.query_class for query in queries)
    judged = len(queries) - classes[NOTHING]
    if len(queries) < FEWEST or classes[NOTHING] < FEWEST_NOTHING:
        yield f"{len(queries)} queries, of which {classes[NOTHING]} fit nothing, are too few"
    for name, share in SHARES.items():
        if abs(classes[name] - share * judged) > SHARE_TOLERANCE * judged:
            yield f"{classes[name]} of {judged} are {name}; about {share:.0%} should be"
