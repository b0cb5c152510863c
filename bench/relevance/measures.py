"""How good the answers are, and how sure that is: nDCG@10, recall@10, answers without a result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import ir_measures
import numpy as np
from ir_measures import nDCG

from bench.relevance.queries import Query

TOP = 10
_RESAMPLED = 10_000
_SEED = 20_261_118

Answers = Mapping[str, Sequence[str]]  # keys of documents, best first, by the id of the query


@dataclass(frozen=True)
class Scores:
    """The scores of one system, query by query in the order of the queries."""

    ndcg: np.ndarray
    recall: np.ndarray
    is_empty: np.ndarray


def scores(queries: Sequence[Query], answers: Answers) -> Scores:
    """Score answers to queries that something fits.

    nDCG@10 as trec_eval computes it (Järvelin and Kekäläinen 2002, gains are the grades); recall@10 of at most ten
    documents, since a page of ten cannot show more.
    """
    judged = {query.id: dict(query.grades) for query in queries}
    ranked = {
        query.id: {key: float(TOP - place) for place, key in enumerate(dict.fromkeys(answers[query.id]))}
        for query in queries
    }
    by_query = {found.query_id: found.value for found in ir_measures.iter_calc([nDCG @ TOP], judged, ranked)}
    return Scores(
        ndcg=np.array([by_query.get(query.id, 0.0) for query in queries]),
        recall=np.array([_recall(query, answers[query.id]) for query in queries]),
        is_empty=np.array([not answers[query.id] for query in queries], dtype=float),
    )


def _recall(query: Query, answer: Sequence[str]) -> float:
    return len(set(answer[:TOP]) & set(query.grades)) / min(TOP, len(query.grades))


def interval(values: np.ndarray) -> tuple[float, float]:
    """The 95 % confidence interval of the mean, by resampling the queries. Of differences it is a paired one."""
    chosen = np.random.default_rng(_SEED).integers(0, len(values), size=(_RESAMPLED, len(values)))
    low, high = np.percentile(values[chosen].mean(axis=1), [2.5, 97.5])
    return float(low), float(high)
