"""How often the text vote is right on proposals it has never seen: ``python -m bench.routing``.

Every figure comes from a model that was trained without the proposal it judges. The term lists are the same
throughout, though: they were written knowing what the 47 real proposals are about, and extended after looking at
mistakes on the first four series of written proposals. The third and the fourth, in everyday speech, were judged once
before that: 57 % and 82 %, 74 % and 87 %. The fifth was written before examples and lists were last extended, by the
same person; its mistakes were never looked at, so its figure is the most reliable.
"""

from __future__ import annotations

import json
import random
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from issues.routing import CATEGORIES, THRESHOLD, CategoryScore, Example, Model, Term
from issues.routing.defaults import default_examples, default_terms

ROOT = Path(__file__).resolve().parent.parent
SERIES = ("first", "second", "third", "fourth", "fifth")
Fold = tuple[list[Example], list[Example]]  # trained on, judged


@dataclass(frozen=True)
class Judged:
    example: Example
    scores: list[CategoryScore]

    @property
    def rank(self) -> int:
        return next(i for i, s in enumerate(self.scores, 1) if s.code == self.example.category)


def real_proposals() -> list[Example]:
    rows = json.loads((ROOT / "data" / "proposals.json").read_text(encoding="utf-8"))
    return [Example(row["id"], f"{row['title_vi']}\n{row['summary_vi']}", row["category"]) for row in rows]


def written_proposals() -> list[tuple[str, Example]]:
    """Proposals written for judging, each with its style."""
    rows = json.loads((ROOT / "tests" / "issues" / "routing" / "unseen.json").read_text(encoding="utf-8"))
    return [(r["style"], Example(r["id"], f"{r['title']}\n{r['body']}", r["category"])) for r in rows]


def leave_one_out(examples: list[Example]) -> Iterator[Fold]:
    for one in examples:
        yield [e for e in examples if e is not one], [one]


def five_folds(examples: list[Example], seed: int) -> Iterator[Fold]:
    shuffled = examples[:]
    random.Random(seed).shuffle(shuffled)
    for part in range(5):
        judged = shuffled[part::5]
        yield [e for e in shuffled if e not in judged], judged


def judge(folds: Iterable[Fold], terms: list[Term], always: Sequence[Example] = ()) -> list[Judged]:
    """Judge each fold by a model trained on its other part and on the examples that are ``always`` there."""
    judged = []
    for trained, unseen in folds:
        model = Model.train([*trained, *always], terms)
        judged += [Judged(example, model.score(example.text)) for example in unseen]
    return judged


def majority(folds: Iterable[Fold]) -> list[Judged]:
    """The baseline that knows no words: categories by how often they occurred."""
    judged = []
    for trained, unseen in folds:
        counts = Counter(example.category for example in trained)
        order = sorted(Model.train([], []).score(""), key=lambda s: -counts[s.code])
        judged += [Judged(example, order) for example in unseen]
    return judged


def top(judged: list[Judged], n: int) -> float:
    return sum(j.rank <= n for j in judged) / len(judged)


def line(name: str, judged: list[Judged]) -> str:
    return f"{name:<52} n={len(judged):<5} top-1 {top(judged, 1):6.1%}   top-3 {top(judged, 3):6.1%}"


def confusion_table(judged: list[Judged]) -> list[str]:
    """Rows: what it is; columns: what it was taken for, by number; a dot where there is none."""
    table = Counter((j.example.category, j.scores[0].code) for j in judged)
    head = " " * 27 + "".join(f"{number:>3}" for number in range(1, len(CATEGORIES) + 1))
    rows = [
        f"  {number:>2} {true:<22}" + "".join(f"{table[true, taken] or '·':>3}" for taken in CATEGORIES)
        for number, true in enumerate(CATEGORIES, 1)
    ]
    return [head, *rows]


def confusions(judged: list[Judged]) -> list[str]:
    wrong = Counter((j.example.category, j.scores[0].code) for j in judged if j.rank > 1)
    return [f"  {true:<22} taken for {taken:<22} {n}" for (true, taken), n in wrong.most_common()]


def per_category(judged: list[Judged]) -> list[str]:
    total, right = (
        Counter(j.example.category for j in judged),
        Counter(j.example.category for j in judged if j.rank == 1),
    )
    return [f"  {category:<22} {right[category]:>3} of {n}" for category, n in total.most_common()]


def worst_cases(judged: list[Judged], limit: int = 6) -> Iterator[str]:
    for j in sorted((j for j in judged if j.rank > 1), key=lambda j: -j.rank)[:limit]:
        said, own = j.scores[0], j.scores[j.rank - 1]
        yield f"  {j.example.id}: “{j.example.text.splitlines()[0]}”"
        yield f"    is {own.code} (place {j.rank}); taken for {said.code} ({said.score:.0%}): {_misled(said)}"
        yield f"    for {own.code} spoke {_words(own) or 'nothing: no list and no example holds its words'}"


def _misled(said: CategoryScore) -> str:
    words, alike = _words(said), ", ".join(name for name, _ in said.similar[:2])
    if not words and not alike:
        return "no word was recognised"
    return "; ".join(filter(None, [words and f"misled by {words}", alike and f"reads like {alike}"]))


def _words(score: CategoryScore) -> str:
    return ", ".join(f"“{word}” {weight:g}" for word, weight in score.contributions[:4] if weight >= 0.5)


def routed(judged: list[Judged]) -> str:
    passed = [j for j in judged if j.scores[0].score >= THRESHOLD]
    right = sum(j.rank == 1 for j in passed)
    return f"  above the threshold {THRESHOLD:.0%}: {len(passed)} of {len(judged)} routed, {right} of them right"


def timings(terms: list[Term]) -> Iterator[str]:
    pool = real_proposals() + [example for _, example in written_proposals()]
    many = []
    for i in range(1000):
        first, second = pool[i % len(pool)], pool[(7 * i + 3) % len(pool)]
        many.append(Example(str(i), f"{first.text} {second.text}", first.category))
    text = " ".join(" ".join(e.text for e in pool[:8]).split()[:150])
    yield f"  training on 1,000 examples: {1000 * _median(lambda: Model.train(many, terms), 5):.0f} ms"
    model, words_only = Model.train(many, terms), Model.train([], terms)
    yield f"  scoring 150 words with 1,000 examples: {1000 * _median(lambda: model.score(text), 100):.2f} ms"
    yield f"  scoring 150 words with term lists only: {1000 * _median(lambda: words_only.score(text), 100):.2f} ms"


def _median(work: Callable[[], object], runs: int) -> float:
    taken = []
    for _ in range(runs):
        started = time.perf_counter()
        work()
        taken.append(time.perf_counter() - started)
    return statistics.median(taken)


def main() -> None:
    terms, examples, real, written = default_terms(), default_examples(), real_proposals(), written_proposals()
    alone = judge(leave_one_out(real), terms, examples)
    print(f"Real proposals ({len(real)}), each judged by a model that has not seen it")
    print(line("baseline: the most frequent category, leave one out", majority(leave_one_out(real))))
    print(line("baseline: term lists alone", judge([([], real)], terms)))
    print(line("real examples alone, leave one out", judge(leave_one_out(real), [])))
    print(line("terms and real examples, leave one out", judge(leave_one_out(real), terms)))
    print(line("all (written examples too), leave one out", alone))
    repeated = [judge(five_folds(real, seed), terms, examples) for seed in range(10)]
    print(line("all, 5 folds × 10 shuffles", [j for run in repeated for j in run]))
    spread = [top(run, 1) for run in repeated]
    print(f"  top-1 of the ten shuffles: {min(spread):.1%} to {max(spread):.1%}")
    print(routed(alone))
    print("Right per category:", *per_category(alone), sep="\n")
    print("Confused:", *confusions(alone), sep="\n")
    print("Worst cases:", *worst_cases(alone), sep="\n")

    print(f"\nProposals written for judging ({len(written)}), in training nowhere")
    trained = [*real, *examples]
    for style in dict.fromkeys(style for style, _ in written):
        print(line(style, judge([(trained, [e for s, e in written if s == style])], terms)))
    for series in SERIES:
        unseen = [example for style, example in written if style.startswith(series)]
        judged = judge([(trained, unseen)], terms)
        print(line(f"{series} series, all", judged), routed(judged), sep="\n")
    print(line("fifth series, baseline: term lists alone", judge([([], unseen)], terms)))
    seen = judge([(trained, [example for style, example in written if style.startswith("fourth")])], terms)
    print("Confusion in the fourth series:", *confusion_table(seen), sep="\n")
    print(
        "Worst cases of it (those of the fifth are hidden, so that it stays unseen):",
        *worst_cases(seen),
        sep="\n",
    )
    print("\nTime (medians)", *timings(terms), sep="\n")


if __name__ == "__main__":
    main()
