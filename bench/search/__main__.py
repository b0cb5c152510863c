"""How fast search is: `python -m bench.search [--engine sqlite|elasticsearch] [--documents N] [--json]`.

A page of the list as people ask for it (`queries.py`): understanding the words, finding, three facets, marking what was
found. Both sides of a comparison take turns in one run. Without options: the embedded engine with 10,000 documents,
which is what a city has, and with 100,000, and Elasticsearch with 100,000 where ELASTICSEARCH_URL is set, in indexes of
its own that are dropped afterwards. p50 and p95 are those of the questions of a round, median of the rounds. `least`
takes of each question the shortest time of all rounds, which is what a machine with other work to do disturbs least.
`CPU` is the processor time of this process.
"""

# ruff: noqa: PLC0415 - Django has to be set up before its models can be imported.
from __future__ import annotations

import argparse
import contextlib
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any

from bench.search.documents import TODAY, documents
from bench.search.queries import MIX, TYPED
from bench.search.sides import SIDES, Side, found
from bench.search.timing import Times, alternate

if TYPE_CHECKING:
    from search.engines.base import Engine

CITY, MANY = 10_000, 100_000
BATCH = 200  # as in search.sync
PUT = 9
_WARM_SHARE = 10  # memory is compared with what it was after a tenth


def main() -> None:
    """Measure in a process of its own for each engine and size, so that its memory can be seen."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--engine", choices=SIDES)
    parser.add_argument("--documents", type=int)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    if chosen.engine and chosen.documents:
        made = measured(chosen.engine, chosen.documents, chosen.rounds)
        print(json.dumps(made, ensure_ascii=False) if chosen.json else table(made))
        return
    for engine, count in _all(chosen.engine, chosen.documents):
        command = [sys.executable, "-m", "bench.search", f"--engine={engine}", f"--documents={count}"]
        command += [f"--rounds={chosen.rounds}", *(["--json"] if chosen.json else [])]
        subprocess.run(command, check=True)


def _all(engine: str | None, count: int | None) -> Iterator[tuple[str, int]]:
    if engine != "elasticsearch":
        yield from (("sqlite", number) for number in ([count] if count else [CITY, MANY]))
    if engine != "sqlite" and os.environ.get("ELASTICSEARCH_URL"):
        yield "elasticsearch", count or MANY


def measured(name: str, count: int, rounds: int) -> dict[str, Any]:
    """All figures of one engine with so many documents."""
    # What Django says goes to the error output, so that the table or the object stands alone.
    with contextlib.redirect_stdout(sys.stderr), tempfile.TemporaryDirectory(prefix="tn-bench-") as folder:
        os.environ.update(
            DJANGO_SETTINGS_MODULE="config.settings", TN_VAR_DIR=folder, TN_DEMO="true", TN_LOG_LEVEL="error",
            TN_ENV_FILE=os.devnull, REDIS_URL="", TN_SEARCH_TIMEOUT="30",  # what takes longer is to be seen
        )  # fmt: skip
        os.environ.pop("DATABASE_URL", None)
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        with SIDES[name]() as side:
            load = os.getloadavg()[0]
            built = _rebuild(side.engine, count)
            asked = _compare(side, rounds)
            return {
                "engine": name, "documents": count, "load": [round(load, 1), round(os.getloadavg()[0], 1)],
                "rounds": rounds, "questions": len(MIX), "baseline": side.baseline, **asked, "rebuild": built,
                "suggest": _suggest(side.engine, rounds), "findable_ms": _until_findable(side.engine, count),
            }  # fmt: skip


def _rebuild(engine: Engine, count: int) -> dict[str, Any]:
    """A new index of all documents; how much more memory it takes at its most than after the first tenth."""
    began, used = time.perf_counter(), time.process_time()
    new, written, early = engine.start_rebuild(), 0, 0
    every = documents(count)
    while batch := list(islice(every, BATCH)):
        new.put(batch)
        written += len(batch)
        if not early and written * _WARM_SHARE >= count:
            early = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    new.finish()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {
        "seconds": round(time.perf_counter() - began, 1), "cpu_seconds": round(time.process_time() - used, 1),
        "peak_mb": peak // 1024, "growth_mb": round((peak - early) / 1024, 1),
    }  # fmt: skip


def _compare(side: Side, rounds: int) -> dict[str, Any]:
    calls = {
        "ours": [partial(found, side.engine, asked) for asked in MIX],
        "baseline": [side.answer(asked) for asked in MIX],
    }
    times = alternate(calls, rounds)
    kinds = {}
    for kind in dict.fromkeys(asked.kind for asked in MIX):
        places = [number for number, asked in enumerate(MIX) if asked.kind == kind]
        kinds[kind] = {
            name: round(statistics.median(one[at] for one in taken.wall for at in places), 1)
            for name, taken in times.items()
        }
    ours, baseline = times["ours"], times["baseline"]
    return {
        "ours_ms": _figures(ours), "baseline_ms": _figures(baseline), "kinds": kinds,
        "ratio": {
            "p50": round(ours.p(50) / baseline.p(50), 2), "p95": round(ours.p(95) / baseline.p(95), 2),
            "least_p50": round(ours.least(50) / baseline.least(50), 2),
            "least_p95": round(ours.least(95) / baseline.least(95), 2),
        },
        "questions_ms": {
            f"{at} {asked.text}": [
                round(statistics.median(one[at] for one in taken.wall), 1) for taken in times.values()
            ]
            for at, asked in enumerate(MIX)
        },
    }  # fmt: skip


def _figures(times: Times) -> dict[str, float]:
    return {
        "p50": round(times.p(50), 1), "p95": round(times.p(95), 1),
        "least_p50": round(times.least(50), 1), "least_p95": round(times.least(95), 1),
        "cpu_p50": round(times.p(50, cpu=True), 1), "cpu_p95": round(times.p(95, cpu=True), 1),
    }  # fmt: skip


def _suggest(engine: Engine, rounds: int) -> dict[str, float]:
    """Every state of a text that is being typed."""
    from search.engines.base import SearchQuery
    from search.finding import complete

    query = SearchQuery(limit=8, today=TODAY)
    calls = [partial(complete, engine, text, query) for text in TYPED]
    return _figures(alternate({"suggest": calls}, rounds)["suggest"])


def _until_findable(engine: Engine, count: int) -> float:
    """Milliseconds from writing one document until a search for its words finds it; the longest of a few."""
    from search.engines.base import Document, Kind, SearchQuery
    from search.finding import find

    longest = 0.0
    for number in range(PUT):
        word = f"zq{chr(97 + number)}vx"
        began = time.perf_counter()
        engine.put([Document(kind=Kind.PROJECT, object_id=count + number, locale="vi", title=f"Bến {word}", version=1)])
        while not find(engine, word, SearchQuery(today=TODAY)).result.count:
            if time.perf_counter() - began > 10:
                raise RuntimeError("a document that was written is not found")
        longest = max(longest, (time.perf_counter() - began) * 1000)
    return round(longest, 1)


def table(made: dict[str, Any]) -> str:
    """The figures for people."""
    built, ours, baseline = made["rebuild"], made["ours_ms"], made["baseline_ms"]
    lines = [
        f"{made['engine']}, {made['documents']:,} documents, {made['questions']} questions x {made['rounds']} rounds, "
        f"load {made['load'][0]} to {made['load'][1]}",
        f"{'milliseconds':34}{'p50':>8}{'p95':>8}{'least p50':>11}{'p95':>7}{'CPU p50':>9}{'p95':>7}",
        f"{'find, three facets, marks':34}" + _row(ours),
        f"{made['baseline']:34}" + _row(baseline),
        f"{'ratio':34}" + _row(made["ratio"], digits=2),
        f"{'suggest':34}" + _row(made["suggest"]),
        f"{'written until found, the longest':34}{made['findable_ms']:8.1f}",
        f"rebuild: {built['seconds']:.1f} s ({built['cpu_seconds']:.1f} s of processor time here), peak "
        f"{built['peak_mb']} MB, {built['growth_mb']} MB more than after a tenth",
        "",
        f"{'median by kind':34}{'ours':>8}{'baseline':>10}",
        *(f"{kind:34}{row['ours']:8.1f}{row['baseline']:10.1f}" for kind, row in made["kinds"].items()),
    ]
    return "\n".join(lines)


def _row(figures: dict[str, float], digits: int = 1) -> str:
    widths = (8, 8, 11, 7, 9, 7)[: len(figures)]
    return "".join(f"{value:{width}.{digits}f}" for value, width in zip(figures.values(), widths, strict=True))


if __name__ == "__main__":
    main()
