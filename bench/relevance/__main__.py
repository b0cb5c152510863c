"""How well people find what they mean: `python -m bench.relevance [--json] [--show BELOW]`.

Judged queries (`queries.jsonl`) against both engines, the list without an engine, and Wagtail's own database search.
The demonstration is loaded into a database of its own; Elasticsearch takes part where ELASTICSEARCH_URL is set, in
indexes of its own. `--show 0.5` lists the queries of the tuning half whose nDCG@10 is below that.
"""

# ruff: noqa: PLC0415 - Django has to be set up before its models can be imported.
from __future__ import annotations

import argparse
import contextlib
import json
import os
import secrets
import sys
import tempfile
from collections.abc import Iterator
from typing import Any

from bench.relevance.queries import NOTHING, PLAYED_UNTIL, Query, half, load

CLASSES = ("vi", "en", "damaged")


def main() -> None:
    """Ask every system every query and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object in place of the table")
    parser.add_argument("--show", type=float, default=0.0, metavar="BELOW", help="list the worst of the tuning half")
    options = parser.parse_args()
    # What Django says goes to the error output, so that the table or the object stands alone.
    with (
        contextlib.redirect_stdout(sys.stderr),
        tempfile.TemporaryDirectory() as folder,
        contextlib.ExitStack() as stack,
    ):
        os.environ |= {"TN_VAR_DIR": folder, "TN_DEMO": "true", "TN_LOG_LEVEL": "error"}
        os.environ.pop("DATABASE_URL", None)
        # The demonstration fills the embedded index, and no index of an installation on that server.
        server = os.environ.pop("ELASTICSEARCH_URL", "")
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        call_command("load_demo", now=PLAYED_UNTIL)
        answers = _answers(stack, server)
    if options.json:
        print(json.dumps(_summary(answers), indent=2))
    else:
        _print_table(answers)
        _print_worst(answers, options.show)


def _answers(stack: contextlib.ExitStack, server: str) -> dict[str, dict[str, list[str]]]:
    """The answer of each system to each query."""
    from bench.relevance.systems import document_keys, of_database, of_engine, of_wagtail
    from search.engines.sqlite_fts import SqliteEngine

    keys = document_keys()
    systems = {"sqlite-fts5": of_engine(SqliteEngine(), keys)}
    if server:
        systems["elasticsearch"] = of_engine(stack.enter_context(_elasticsearch(server)), keys)
    systems |= {"database": of_database, "wagtail": of_wagtail(keys)}
    return {name: {query.id: system(query) for query in load()} for name, system in systems.items()}


@contextlib.contextmanager
def _elasticsearch(server: str) -> Iterator[Any]:
    """The documents of the demonstration in indexes that are dropped afterwards."""
    from search import rebuilding
    from search.engines.elastic_engine import ElasticEngine

    engine = ElasticEngine(server, f"bench-relevance-{secrets.token_hex(4)}")
    try:
        rebuilding.rebuild(engine, restart=True)
        yield engine
    finally:
        engine.drop()


def _groups() -> dict[str, list[Query]]:
    """The queries that something fits, by half and by class."""
    fitting = [query for query in load() if query.query_class != NOTHING]
    groups = {which: [query for query in fitting if query.half == which] for which in ("tuning", "test")}
    return groups | {name: [query for query in groups["test"] if query.query_class == name] for name in CLASSES}


def _summary(answers: dict[str, dict[str, list[str]]]) -> dict[str, Any]:
    from bench.relevance.measures import interval, scores

    found: dict[str, Any] = {"queries": len(load()), "engines": {}}
    nothing = [query for query in load() if query.query_class == NOTHING]
    by_group = {
        name: {group: scores(queries, answer) for group, queries in _groups().items()}
        for name, answer in answers.items()
    }
    first = next(iter(answers))
    for name, groups in by_group.items():
        rows: dict[str, Any] = {
            group: {
                "queries": len(measured.ndcg),
                "ndcg@10": round(float(measured.ndcg.mean()), 4),
                "ndcg@10_interval": [round(end, 4) for end in interval(measured.ndcg)],
                "recall@10": round(float(measured.recall.mean()), 4),
                "zero_results": round(float(measured.is_empty.mean()), 4),
            }
            for group, measured in groups.items()
        }
        difference = groups["test"].ndcg - by_group[first]["test"].ndcg
        rows["difference_to"] = {"engine": first, "ndcg@10": round(float(difference.mean()), 4)}
        rows["difference_to"]["interval"] = [round(end, 4) for end in interval(difference)]
        rows["answers_where_nothing_fits"] = sum(bool(answers[name][query.id]) for query in nothing) / len(nothing)
        found["engines"][name] = rows
    return found


def _print_table(answers: dict[str, dict[str, list[str]]]) -> None:
    engines = _summary(answers)["engines"]
    print(f"{'test half':16}{'nDCG@10':>9}{'95 %':>16}{'recall@10':>11}{'empty':>7}{'against the first':>26}")
    for name, rows in engines.items():
        test, difference = rows["test"], rows["difference_to"]
        low, high = test["ndcg@10_interval"]
        from_, to = difference["interval"]
        print(
            f"{name:16}{test['ndcg@10']:9.3f}{f'{low:.3f} to {high:.3f}':>16}{test['recall@10']:11.3f}"
            f"{test['zero_results']:7.1%}{difference['ndcg@10']:+10.3f}{f'{from_:+.3f} to {to:+.3f}':>16}"
        )
    print(f"\n{'nDCG@10':16}" + "".join(f"{group:>10}" for group in (*_groups(), "nothing")))
    for name, rows in engines.items():
        cells = "".join(f"{rows[group]['ndcg@10']:10.3f}" for group in _groups())
        print(f"{name:16}{cells}{rows['answers_where_nothing_fits']:10.0%}")
    print(
        "\nnothing: how often something was shown where nothing fits (words are corrected or left out, and it says so)"
    )


def _print_worst(answers: dict[str, dict[str, list[str]]], below: float) -> None:
    from bench.relevance.measures import scores

    queries = [query for query in half("tuning") if query.query_class != NOTHING]
    for name, answer in answers.items():
        if below and name in ("sqlite-fts5", "elasticsearch"):
            print(f"\n{name}")
            measured = scores(queries, answer).ndcg
            for value, query in sorted(zip(measured, queries, strict=True), key=lambda pair: pair[0]):
                if value < below:
                    best = sorted(query.grades, key=lambda key: -query.grades[key])[:5]
                    print(
                        f"  {value:.2f} {query.id} “{query.text}” ({query.locale}): {best}, got {answer[query.id][:5]}"
                    )


if __name__ == "__main__":
    main()
