"""Published answers found by the search engine. Registered with `issues.queries.answer_search`."""

from __future__ import annotations

from collections.abc import Sequence

from investment.catalogue import EngineUnavailable
from issues.queries.answer_search import FACETS, AnswerQuery, AnswersFound, holding
from issues.queries.answers import published_answers
from search import engines, following
from search.engines.base import Kind, SearchQuery
from search.merging import merged
from search.query.typed import MAX_CHARACTERS


def find_answers(query: AnswerQuery) -> AnswersFound:
    """One page of the answers, the best first. What was published or taken off a moment ago is read from the database,
    so that nothing is found that is not published now."""
    engine = engines.current()
    if engine is None:
        raise EngineUnavailable("No search engine is set up.")
    filters = {"category": (query.category,), "agency": (query.agency,)}
    asked = SearchQuery(
        locale=query.locale,
        kinds=(Kind.ANSWER,),
        filters={name: values for name, values in filters.items() if any(values)},
        offset=query.offset,
        limit=query.limit,
        facets=FACETS,
    )
    behind = following.behind(Kind.ANSWER)
    front = _of_database(query, behind) if behind else []
    page = merged(engine, query.text[:MAX_CHARACTERS], asked, front=front, left_out=behind)
    found = page.found
    return AnswersFound(
        count=page.count,
        ids=page.ids,
        facets=found.result.facets if found else {},
        reasons={pk: hit.marked_text for pk, hit in page.hits.items() if hit.marked_text},
        corrected=found.corrected if found else "",
        ignored=found.ignored if found else (),
        loosened=found.loosened if found else False,
    )


def _of_database(query: AnswerQuery, among: set[int]) -> Sequence[int]:
    rows = published_answers().filter(query.wanted(), pk__in=among)
    return holding(query.text, list(rows.values_list("pk", "public_title", "public_answer")))
