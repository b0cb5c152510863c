import doctest

from bench.routing import ROOT


def test_the_worked_example_of_the_page_on_routing_is_true():
    results = doctest.testfile(str(ROOT / "docs" / "routing.md"), module_relative=False, encoding="utf-8")
    assert results.failed == 0
    assert results.attempted >= 9
