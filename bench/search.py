"""How fast the embedded search engine is: `python -m bench.search [documents]`.

Documents put together from the names and places of the published projects, so that words are as common as they are
in real lists; in a database file of their own. The baseline is what a list without an index does: a
LIKE scan over the same folded texts, unranked. Every figure is the median of a few runs, in milliseconds.
"""

# ruff: noqa: PLC0415 - Django has to be set up before its models can be imported.
import csv
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

RUNS = 7
BATCH = 2_000
TODAY = date(2026, 11, 18)

QUERIES = {
    "a common word": "khu",
    "two words": "nhà máy",
    "with marks, three words": "khu công nghiệp",
    "an abbreviation and a place": "KCN Đông Anh",
    "a rare code": "BN-04242",
}


def main(count: int) -> None:
    """Fill an index and print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{Path(folder) / 'bench.sqlite3'}"
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
        import django

        django.setup()
        _measure(count)


def _measure(count: int) -> None:
    from django.db import connection

    from search.engines import sqlite_schema
    from search.engines.base import Document, Kind, SearchQuery
    from search.engines.sqlite_fts import SqliteEngine

    with Path("data/projects.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))

    def documents() -> Iterator[Document]:
        chance = random.Random(7)
        for number in range(count):
            named, placed, *others = chance.choices(rows, k=8)
            yield Document(
                kind=Kind.PROJECT,
                object_id=number,
                locale="vi",
                title=f"{named['name_vi']} {number % 97}",
                summary=f"{others[0]['name_vi']} tại {placed['district_or_place']}, {placed['province']}",
                body=". ".join(f"{row['name_vi']}, {row['district_or_place']}, {row['note']}" for row in others),
                names=f"{placed['district_or_place']} · {placed['province']} · BN-{number:05d}",
                values={
                    "sector": named["sector_code"],
                    "province": placed["province"],
                    "form": named["investment_form"],
                    "status": chance.choice(("published", "published", "under_way")),
                    "capital": named["capital_vnd_billion"][:1],
                    "area": placed["area_ha"][:1],
                },
                capital_vnd=chance.random() * 20_000,
                fresh_until=TODAY + timedelta(days=chance.randrange(-60, 90)),
            )

    with connection.cursor() as cursor:
        for statement in [*sqlite_schema.create(), *sqlite_schema.create_vocabulary()]:
            cursor.execute(statement)
    engine = SqliteEngine()
    started = time.perf_counter()
    new, batch = engine.start_rebuild(), []
    for document in documents():
        batch.append(document)
        if len(batch) == BATCH:
            new.put(batch)
            batch = []
    new.put(batch)
    new.finish()
    seconds = time.perf_counter() - started
    print(f"{count} documents indexed in {seconds:.1f} s ({count / seconds:.0f} a second)")
    print(f"{'milliseconds, median':40}{'matches':>9}{'top 20':>9}{'+ facets':>9}{'LIKE scan':>11}")
    for name, text in QUERIES.items():
        ranked = SearchQuery(text=text, today=TODAY)
        found = engine.search(ranked).count
        faceted = SearchQuery(text=text, today=TODAY, with_facets=True)
        print(
            f"{name:40}{found:9}{_ms(lambda q=ranked: engine.search(q)):9.1f}"
            f"{_ms(lambda q=faceted: engine.search(q)):9.1f}{_ms(lambda t=text: _like(t)):11.1f}"
        )
    suggesting = _ms(lambda: engine.suggest("khu công ng", locale="vi", kinds=(Kind.PROJECT,), limit=8))
    print(f"{'suggest “khu công ng”':40}{suggesting:27.1f}")
    print(f"{'similar':40}{_ms(lambda: engine.similar('project:77:vi', limit=4)):27.1f}")
    print(f"{'known words, one letter':40}{_ms(lambda: engine.known_words('c')):27.1f}")
    one = next(documents())
    print(f"{'one document replaced, committed':40}{_ms(lambda: engine.put([one])):27.2f}")


def _like(text: str) -> list[Any]:
    """The same words by a scan of folded texts; the page and the count, as a list without an index needs them."""
    from django.db import connection

    from core.text import words

    wanted = words(text)
    where = " AND ".join(["(title || ' ' || names || ' ' || summary || ' ' || body) LIKE %s"] * len(wanted))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT rowid FROM search_words WHERE {where}", [f"%{word}%" for word in wanted])  # noqa: S608
        return cursor.fetchall()


def _ms(call: Callable[[], object]) -> float:
    times = []
    for _ in range(RUNS):
        started = time.perf_counter()
        call()
        times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
