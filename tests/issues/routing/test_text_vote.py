import subprocess
import sys
import time

import pytest

from bench.routing import five_folds, judge, leave_one_out, real_proposals, top, written_proposals
from issues.routing import CATEGORIES, Example, Facts, Model, Term, decide
from issues.routing.defaults import default_examples
from tests.issues.routing.conftest import TODAY
from tests.long import IS_LONG, either


def best(model, text):
    return model.score(text)[0]


def test_shares_sum_to_one_and_name_every_category(model):
    scores = model.score("Hoàn thuế GTGT")
    assert sum(s.score for s in scores) == pytest.approx(1, abs=1e-4)
    assert {s.code for s in scores} == set(CATEGORIES)
    assert [s.score for s in scores] == sorted((s.score for s in scores), reverse=True)


def test_contributions_are_words_as_written():
    model = Model.train([], [Term("tax", "hoàn thuế", 5), Term("customs", "hải quan", 4)])
    assert best(model, "HOÀN thuế\nở hai quan, hoan thue").contributions == (("HOÀN thuế", 7.5), ("hoan thue", 5.0))
    assert model.score("HOÀN thuế\nở hai quan")[1].contributions == (("hai quan", 4.0),)


def test_the_longest_phrase_is_heard():
    model = Model.train(
        [], [Term("land", "đất", 2), Term("planning", "quy hoạch", 2), Term("land", "quy hoạch đất", 4)]
    )
    words = {word for score in model.score("quy hoạch đất") for word, _ in score.contributions}
    assert words == {"quy hoạch đất"}


def test_weight_nothing_silences_a_shorter_phrase():
    terms = [Term("tax", "vat", 5), Term("other", "vật tư", 0)]
    assert best(Model.train([], terms), "vật tư").contributions == ()
    assert best(Model.train([], terms), "vật tư chịu VAT").contributions == (("VAT", 7.5),)


def test_a_repeated_phrase_adds_less_each_time():
    model = Model.train([], [Term("tax", "thuế", 4)])
    assert best(model, "\nthuế").contributions == (("thuế", 4.0),)
    assert best(model, "\nthuế thuế thuế thuế").contributions == (("thuế", 6.0),)


def test_similar_tickets_are_named():
    examples = [
        Example("T-1", "Kênh thủy lợi nội đồng bị sạt lở", "environment"),
        Example("T-2", "Hội chợ sách", "other"),
    ]
    score = best(Model.train(examples, []), "Sạt lở kênh thủy lợi nội đồng")
    assert (score.code, score.similar[0][0]) == ("environment", "T-1")


def test_resolved_tickets_teach_words_that_no_list_holds():
    learnt = [Example(f"T-{i}", f"Đê bối xã {place} hư hỏng", "environment") for i, place in enumerate("ABCD")]
    other = [Example(f"S-{i}", f"Biển hiệu phố {place} chưa duyệt", "trade") for i, place in enumerate("ABCD")]
    score = best(Model.train(learnt + other, []), "Tuyến đê bối cần gia cố")
    assert score.code == "environment"
    assert "đê bối" in [word for word, _ in score.contributions]


def test_the_version_follows_terms_and_examples(terms):
    example = Example("T-1", "Hoàn thuế", "tax")
    first = Model.train([example], terms).version
    assert Model.train([example], list(reversed(terms))).version == first
    assert Model.train([], terms).version != first
    assert Model.train([example], terms[1:]).version != first


@pytest.mark.parametrize("text", ["", "\n", "😀" * 1000, "\x00", "\ud800", "1 2 3", "thue " * 40_000, "x" * 200_000])
def test_odd_input_is_scored_in_bounded_time(model, rules, text):
    started = time.perf_counter()
    decision = decide(Facts(text, text), rules, model, {}, {}, day=TODAY)
    assert time.perf_counter() - started < 1
    assert len(decision.scores) == len(CATEGORIES)


def test_nothing_said_waits_for_the_coordinator(model, rules):
    decision = decide(Facts(""), rules, model, {}, {}, day=TODAY)
    assert (decision.method, decision.scores[0].code) == ("none", "other")
    assert [s.code for s in decision.trace] == ["nothing_recognised", "waits"]


def test_scores_are_the_same_in_another_process(model):
    code = (
        "from bench.routing import real_proposals; from issues.routing import Model;"
        "from issues.routing.defaults import default_examples, default_terms;"
        "m = Model.train(reversed(real_proposals() + default_examples()), default_terms());"
        "print(m.version, m.score('Xin giao đất\\nđã có quy hoạch')[:3])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True,
                         env={"PYTHONHASHSEED": "7", "PYTHONIOENCODING": "utf-8"})  # fmt: skip
    assert run.stdout.strip() == f"{model.version} {model.score('Xin giao đất' + chr(10) + 'đã có quy hoạch')[:3]}"


@pytest.mark.skipif(not IS_LONG, reason="forty-seven trainings: with TEST_LONG=1, as .ci/run has it")
def test_unseen_real_proposals_one_left_out(terms):
    judged = judge(leave_one_out(real_proposals()), terms, default_examples())
    assert top(judged, 1) >= 0.89
    assert top(judged, 3) >= 0.97


def test_unseen_real_proposals_in_five_folds(terms):
    judged = [
        j for seed in range(either(1, 3)) for j in judge(five_folds(real_proposals(), seed), terms, default_examples())
    ]
    assert top(judged, 1) >= 0.87
    assert top(judged, 3) >= 0.96


@pytest.mark.parametrize(
    ("series", "first", "third"),
    [("first", 0.95, 0.97), ("second", 0.8, 0.97), ("third", 0.9, 0.97), ("fourth", 0.7, 0.85)],
)
def test_written_proposals_in_training_nowhere(terms, series, first, third):
    unseen = [example for style, example in written_proposals() if style.startswith(series)]
    judged = judge([(real_proposals() + default_examples(), unseen)], terms)
    assert top(judged, 1) >= first
    assert top(judged, 3) >= third


def test_no_example_is_judged_that_was_trained_on():
    trained = {example.text for example in default_examples()}
    assert not trained & {example.text for _, example in written_proposals()}
    assert {example.category for example in default_examples()} == set(CATEGORIES)


def test_routing_imports_no_framework():
    code = (
        "import sys; before = set(sys.modules); import issues.routing, issues.routing.defaults;"
        "names = {m.split('.')[0] for m in set(sys.modules) - before};"
        "print(sorted(n for n in names if n not in sys.stdlib_module_names and n not in ('issues', 'core')))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
