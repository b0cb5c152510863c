"""A query as Elasticsearch reads it. Every typed word is the value of a term or a phrase: none is ever an operator.

Words are sought in the field `words`, which weighs the texts of a document by itself (see `elastic_mapping`).
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from elasticsearch.dsl import A, Q, Search
from elasticsearch.dsl.query import Query

from search import ranking
from search.engines import elastic_mapping as mapping
from search.engines.base import PUBLIC, Scope, SearchQuery
from search.query.parsed import Alternative, Keys, ParsedText, Part

_MOST_VALUES = 1_000  # of one facet
# While a name is being typed: the title begins with what was typed, and the words stand side by side in either field.
_BEGINNING = 50.0
_SIDE_BY_SIDE = 25.0
_NOTHING = Q("match_none")


def searched(query: SearchQuery) -> Search:
    """All that satisfy the query, in order, with the exact count and the facets."""
    return _with_facets(streamed(query), query).extra(track_total_hits=True)


def streamed(query: SearchQuery) -> Search:
    """All that satisfy the query, in order, without facets. The filters of the facets come after counting them."""
    found = Search().query(_ranked(query)).sort(*_order(query))
    chosen = _chosen(query)
    return found.post_filter(_all(chosen.values())) if chosen else found


def within(scope: Scope) -> list[Query]:
    """Which documents a reader may find at all."""
    return [
        Q("term", locale=scope.locale),
        Q("terms", kind=list(scope.kinds)),
        Q("terms", audience=list(scope.audience)),
    ]


def each(runs: Iterable[Keys], scope: Scope, limit: str) -> list[dict[str, Any]]:
    """One search for each run of keys, which ends at the first document that has it side by side in one text."""
    inside = [condition.to_dict() for condition in within(scope)]
    ending = {"size": 0, "terminate_after": 1, "track_total_hits": 1, "timeout": limit}
    found: list[dict[str, Any]] = []
    for run in runs:
        has = {"match_phrase": {mapping.WORDS: " ".join(run)}}
        found += [{}, {"query": {"bool": {"filter": [*inside, has]}}, **ending}]
    return found


def named(query: SearchQuery) -> Search:
    """Documents whose title or names hold all words, the last one possibly unfinished."""
    words = query.words
    needed = [_named_part(part) for part in words.parts]
    typed = " ".join(words.phrase)
    better = [Q("constant_score", filter=_begins(typed), boost=_BEGINNING)]
    if len(words.phrase) > 1:
        # In either field: a code or a place typed in full is as good as a title.
        side_by_side = Q("multi_match", query=typed, type="phrase_prefix", fields=list(mapping.NAMING))
        better.append(Q("constant_score", filter=side_by_side, boost=_SIDE_BY_SIDE))
    matching = Q("bool", filter=_conditions(query), must=needed, should=better)
    return Search().query(_weighed(matching, query)).sort(*_order(query))[: query.limit].extra(track_total_hits=False)


def public(document_id: str) -> Search:
    """One document, if it is for everybody."""
    return Search().query("bool", filter=[Q("ids", values=[document_id]), Q("term", audience=PUBLIC)])[0:1]


def like(scope: Scope, document_id: str, texts: Sequence[str], limit: int) -> Search:
    """Documents of the scope that share the rarest of these words in title or names, but not the document itself."""
    shared = Q(
        "more_like_this",
        fields=list(mapping.NAMING),
        like=list(texts),
        min_term_freq=1,
        min_doc_freq=2,
        max_query_terms=8,
        minimum_should_match=1,
    )
    found = Q("bool", must=shared, filter=within(scope), must_not=Q("ids", values=[document_id]))
    return Search().query(found).sort("_score", *_BY_ID)[:limit].extra(track_total_hits=False)


def _ranked(query: SearchQuery) -> Query:
    conditions = _conditions(query)
    if not query.words:
        return _weighed(Q("constant_score", filter=_all(conditions)), query)
    if query.sort != "relevance":
        return _all([*conditions, *_needed(query.words)])
    bonuses = list(_bonuses(query.words))
    return _weighed(Q("bool", filter=conditions, must=_needed(query.words), should=bonuses), query)


def _weighed(matching: Query, query: SearchQuery) -> Query:
    """The score times the factors of `ranking.factor`."""
    aged = Q("range", fresh_until={"lt": query.today.isoformat()})
    functions: list[Any] = [
        {"field_value_factor": {"field": "factor", "missing": 1}},
        {"filter": aged.to_dict(), "weight": ranking.AGED},
    ]
    return Q("function_score", query=matching, functions=functions, score_mode="multiply", boost_mode="multiply")


def _conditions(query: SearchQuery) -> list[Query]:
    """What a document must satisfy besides the words and the filters of the facets."""
    found = within(query)
    if query.object_ids is not None:
        found.append(Q("terms", object_id=list(query.object_ids)))
    found += [_one_of(name, values) for name, values in query.filters.items() if values and name not in query.facets]
    for name, (low, high) in query.ranges.items():
        ends = {sign: _finite(end) for sign, end in (("gte", low), ("lte", high)) if end is not None}
        if ends:
            inside = Q("range", **{f"numbers.{name}": ends})
            blank = Q("bool", must_not=Q("exists", field=f"numbers.{name}"))
            found.append(_any([inside, blank]) if name in query.unknown else inside)
    return found


def _chosen(query: SearchQuery) -> dict[str, Query]:
    """The filters of the facets: they do not count in their own facet."""
    return {name: _one_of(name, query.chosen(name)) for name in query.facets if query.chosen(name)}


def _one_of(name: str, values: Iterable[str]) -> Query:
    return Q("terms", **{f"values.{name}": [mapping.value_key(value) for value in values]})


def _with_facets(found: Search, query: SearchQuery) -> Search:
    """Each facet counted under the filters of all others; those that nothing is chosen in share one filter."""
    chosen = _chosen(query)
    free = [name for name in query.facets if name not in chosen]
    if free:
        under_all = found.aggs.bucket("free", "filter", filter=_all(chosen.values())) if chosen else found.aggs
        for name in free:
            under_all.bucket(name, _values(name))
    for name in chosen:
        others = [condition for other, condition in chosen.items() if other != name]
        found.aggs.bucket(f"of {name}", "filter", filter=_all(others)).bucket(name, _values(name))
    return found


def _values(name: str) -> Any:
    return A("terms", field=f"values.{name}", size=_MOST_VALUES)


def _all(conditions: Iterable[Query]) -> Query:
    return Q("bool", filter=list(conditions))


def _any(conditions: Iterable[Query]) -> Query:
    return Q("bool", should=list(conditions), minimum_should_match=1)


def _needed(words: ParsedText) -> list[Query]:
    essential = [_part(part) for part in words.essential]
    choice = [_part(part) for part in words.choice]
    if words.at_least == len(choice):
        return essential + choice
    # Where none is needed they only raise the rank.
    return [*essential, Q("bool", should=choice, minimum_should_match=words.at_least)] if words.at_least else essential


def _part(part: Part) -> Query:
    found = [_alternative(alternative) for alternative in part.alternatives]
    if part.unfinished:
        begun = {"query": " ".join(part.words), "max_expansions": 50}
        found.append(Q("match_phrase_prefix", **{mapping.WORDS: begun}))
    return _best(found)


def _alternative(alternative: Alternative) -> Query:
    if alternative.together:
        return _phrase(alternative.words, mapping.WORDS, alternative.weight)
    anywhere = {"query": " ".join(alternative.words), "operator": "and", "boost": alternative.weight}
    return Q("match", **{mapping.WORDS: anywhere})


def _bonuses(words: ParsedText) -> Iterable[Query]:
    """What only raises the rank. Pairs reach from one part to the next: inside one, words stand side by side anyway."""
    yield from (_part(part) for part in words.optional + (() if words.at_least else words.choice))
    pairs = dict.fromkeys((one.words[-1], other.words[0]) for one, other in pairwise(words.parts))
    yield from (_phrase(pair, mapping.WORDS, ranking.PAIR) for pair in pairs)
    if len(words.parts) > 1 and len(words.phrase) > 2:
        yield _phrase(words.phrase, mapping.WORDS, ranking.PHRASE)
    marked = dict.fromkeys(word for part in words.parts for word in part.marked)
    yield from (_phrase((word,), mapping.MARKED, mapping.marked_boost()) for word in marked)
    yield from _by_title(words)


def _by_title(words: ParsedText) -> Iterable[Query]:
    """The title is exactly what was typed, or begins with it."""
    if words.title:
        exactly = Q("term", **{mapping.TITLE_EXACT: mapping.exact(words.title)})
        yield Q("constant_score", filter=exactly, boost=ranking.TITLE)
    begun = [_begins(f"{text} ") for text in words.beginnings]
    begun += [Q("term", **{mapping.TITLE_EXACT: mapping.exact(text)}) for text in words.beginnings]
    if begun:
        yield Q("constant_score", filter=_any(begun), boost=mapping.in_units_of_words(ranking.BEGINS))


def _begins(text: str) -> Query:
    return Q("prefix", **{mapping.TITLE_EXACT: mapping.exact(text)})


def _named_part(part: Part) -> Query:
    found = [
        Q(
            "multi_match",
            query=" ".join(other.words),
            type="phrase",
            fields=_boosted(mapping.NAMING),
            boost=other.weight,
        )
        for other in part.alternatives
    ]
    if part.unfinished:
        *whole, last = part.words
        begun = [
            Q("constant_score", filter=Q("prefix", **{field: last}), boost=weight)
            for field, weight in mapping.NAMING.items()
        ]
        finished = [
            Q("multi_match", query=word, type="best_fields", operator="and", fields=_boosted(mapping.NAMING))
            for word in whole
        ]
        found.append(Q("bool", must=[*finished, _best(begun)]))
    return _best(found)


def _phrase(words: Keys, field: str, boost: float = 1.0) -> Query:
    return Q("match_phrase", **{field: {"query": " ".join(words), "boost": boost}})


def _best(queries: list[Query]) -> Query:
    return queries[0] if len(queries) == 1 else Q("dis_max", queries=queries) if queries else _NOTHING


def _boosted(fields: dict[str, float]) -> list[str]:
    return [f"{field}^{weight}" for field, weight in fields.items()]


def _finite(end: float) -> float:
    most = sys.float_info.max
    return min(max(end, -most), most)


_BY_ID: tuple[Any, ...] = ({"object_id": "asc"}, {"kind": "asc"})
OBJECT_ID = -3  # where it stands in the order of a stream, to which Elasticsearch adds a number of its own


def _order(query: SearchQuery) -> list[Any]:
    """Blanks last. Without words, relevance means: the city's own, then the most complete and current."""
    direction = "desc" if query.descending else "asc"
    if query.sort == "name":
        return [{"sort_name": direction}, *_BY_ID]
    if query.sort != "relevance":
        return [_by_number(query.sort, direction), *_BY_ID]
    newest = _by_number("confirmed", "desc")
    if query.words:
        return [{"_score": "desc"}, {"own": "desc"}, newest, *_BY_ID]
    return [{"own": "desc"}, {"_score": "desc"}, newest, *_BY_ID]


def _by_number(name: str, direction: str) -> dict[str, Any]:
    return {f"numbers.{name}": {"order": direction, "missing": "_last", "unmapped_type": "double"}}
