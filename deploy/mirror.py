"""Tests stand where the code stands: issues/clocks/clocks.py is tested by tests/issues/clocks/test_clocks.py.

A long test file may be cut by subject: test_clocks_pauses.py belongs to clocks.py as well. What crosses rooms is in
tests/contracts, tests/e2e, tests/faults and tests/properties. `bin/check` names modules without a test of their own,
and tests whose module is gone.
"""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from deploy.steps import ROOT

PACKAGES = ("accounts", "cms", "config", "core", "deploy", "investment", "issues", "search")
SHORT = 40  # lines: what is shorter is tested by those who call it


@dataclass(frozen=True)
class Elsewhere:
    """Modules (patterns of paths) that are tested by a file of another place, and why there."""

    test: str
    why: str
    modules: tuple[str, ...]


ELSEWHERE = (
    Elsewhere("tests/test_database.py", "every test runs on the migrated database", ("*/migrations/*",)),
    Elsewhere("tests/contracts/test_state_machine.py", "rows, tested by what writes and reads them", ("*/models/*",)),
    Elsewhere(
        "tests/search/management/commands/test_load_demo.py",
        "sample data, loaded as a whole",
        ("*/demo*.py", "*/demo/*", "search/management/commands/*"),
    ),
    Elsewhere("tests/cms/test_setup.py", "words of the first pages, set up as a whole", ("cms/starter/*",)),
    Elsewhere("tests/search/web/test_saved.py", "parts of the pages", ("search/templatetags/saved_searches.py",)),
    Elsewhere("tests/cms/models/test_project_page.py", "shown by the pages that hold them", ("cms/blocks.py",)),
    Elsewhere(
        "tests/cms/admin/test_translations.py",
        "what editors see of it",
        ("cms/translations.py",),
    ),
    Elsewhere("tests/cms/admin/test_projects.py", "views of one page", ("cms/admin/project_views.py",)),
    Elsewhere("tests/contracts/test_search_engine.py", "one contract for every engine", ("search/engines/*",)),
    Elsewhere(
        "tests/faults/test_supervisor.py",
        "starts and ends real processes",
        ("deploy/supervisor.py", "deploy/children.py"),
    ),
    Elsewhere(
        "tests/deploy/test_demo.py",
        "programs of the set-up, run by every bin/ command",
        ("deploy/check.py", "deploy/prepare.py", "deploy/setup.py", "deploy/glossary.py", "deploy/screenshots.py"),
    ),
    Elsewhere("tests/e2e/conftest.py", "every test with a browser stands on it", ("deploy/throwaway.py",)),
    Elsewhere("tests/issues/simulation/test_day.py", "one day is played through all of them", ("issues/simulation/*",)),
    Elsewhere(
        "tests/issues/simulation/test_day.py", "reads its arguments", ("issues/management/commands/simulate_day.py",)
    ),
    Elsewhere(
        "tests/issues/mail/test_compose.py",
        "words, tested in the mails of every type of event",
        ("issues/mail/*_texts.py", "issues/mail/scene.py"),
    ),
    Elsewhere("tests/contracts/test_answers.py", "every answer is held against them", ("issues/api/schemas.py",)),
    Elsewhere("tests/contracts/test_hostile_input.py", "every field of every call", ("issues/api/bodies.py",)),
    Elsewhere("tests/contracts/test_access.py", "who may do what, as one table", ("issues/rules.py",)),
    Elsewhere(
        "tests/faults/test_live_servers.py",
        "between processes, tested with real ones",
        ("issues/live/wakeup.py", "issues/live/reader.py"),
    ),
    Elsewhere(
        "tests/issues/events/test_types.py",
        "every event is tried there",
        ("issues/events/event_data.py", "issues/events/*_events.py"),
    ),
    Elsewhere(
        "tests/issues/sentences/test_event_sentences.py",
        "every event is tried there",
        ("issues/sentences/clock_sentences.py",),
    ),
    Elsewhere("tests/issues/events/test_drain.py", "drained like every consumer", ("issues/notifications/mail.py",)),
    Elsewhere(
        "tests/issues/actions/test_roster.py", "what the actions of rosters share", ("issues/actions/roster_frame.py",)
    ),
    # Reads and forms of one page: tested with the page, whose queries are counted there.
    Elsewhere(
        "tests/issues/web/test_board.py",
        "of the board",
        ("issues/queries/board.py", "issues/queries/duty.py"),
    ),
    Elsewhere("tests/issues/web/test_follow.py", "of following by codes", ("issues/queries/follow.py",)),
    Elsewhere("tests/issues/web/test_inbox.py", "of the inbox", ("issues/queries/inbox.py",)),
    Elsewhere("tests/issues/web/test_mine.py", "of one's own tickets", ("issues/queries/my_tickets.py",)),
    Elsewhere("tests/issues/web/test_wall.py", "of the wall", ("issues/queries/wall.py",)),
    Elsewhere("tests/issues/web/test_sessions.py", "of sessions", ("issues/queries/sessions.py",)),
    Elsewhere(
        "tests/issues/web/test_roster.py", "of the roster", ("issues/queries/roster.py", "issues/web/roster_*.py")
    ),
    Elsewhere(
        "tests/issues/web/test_assisted.py",
        "of the counter",
        ("issues/queries/receipt.py", "issues/web/assist_form.py"),
    ),
    Elsewhere("tests/issues/web/test_filing.py", "of filing", ("issues/web/filing_*.py", "issues/queries/similar.py")),
    Elsewhere(
        "tests/issues/web/test_ticket.py",
        "of one ticket",
        ("issues/queries/ticket_parts.py", "issues/queries/routing_words.py"),
    ),
    Elsewhere(
        "tests/issues/commands/test_table.py",
        "the table of all commands",
        ("issues/commands/*_commands.py",),
    ),
    Elsewhere(
        "tests/issues/web/test_ticket_commands.py",
        "from the form to the action",
        ("issues/commands/form_fields.py", "issues/actions/perform.py"),
    ),
    Elsewhere(
        "tests/search/sources/test_answers.py",
        "of published answers",
        ("issues/queries/answers.py", "issues/web/answer.py"),
    ),
    Elsewhere(
        "tests/issues/admin/test_calendar_views.py",
        "of editing a calendar",
        ("issues/queries/calendar_effect.py", "issues/queries/recomputation.py"),
    ),
    Elsewhere("tests/issues/admin/test_rule_form.py", "of the form of a rule", ("issues/admin/rule_choices.py",)),
)


def sources(root: Path = ROOT) -> Iterator[Path]:
    """Every module of the product, by its path in the repository."""
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*.py")):
            yield path.relative_to(root)


def without_tests(paths: Iterable[Path], root: Path = ROOT) -> Iterator[Path]:
    """The modules that should have a test of their own and have none."""
    for path in paths:
        if not (_is_tested(path, root) or _needs_none(root / path) or _is_tested_elsewhere(path)):
            yield path


def without_module(root: Path = ROOT) -> Iterator[Path]:
    """Test files in the mirrored folders whose module does not exist."""
    for package in PACKAGES:
        for test in sorted((root / "tests" / package).rglob("test_*.py")):
            path = test.relative_to(root)
            names = path.stem.removeprefix("test_").split("_")
            stems = ("_".join(names[:length]) for length in range(len(names), 0, -1))
            folder = root / path.parent.relative_to("tests")
            if not any((folder / f"{stem}.py").exists() for stem in stems):
                yield path


def _is_tested(path: Path, root: Path) -> bool:
    folder = root / "tests" / path.parent
    return (folder / f"test_{path.name}").exists() or any(folder.glob(f"test_{path.stem}_*.py"))


def _is_tested_elsewhere(path: Path) -> bool:
    return any(fnmatch(str(path), pattern) for row in ELSEWHERE for pattern in row.modules)


def _needs_none(file: Path) -> bool:
    """Short, or nothing in it runs: constants, choices, addresses, settings, imports."""
    text = file.read_text(encoding="utf-8")
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    return len(text.splitlines()) <= SHORT or not any(isinstance(node, functions) for node in ast.walk(ast.parse(text)))


def problems(root: Path = ROOT) -> list[str]:
    """One line for each module without its test, each test without its module, each exception without its test."""
    found = [f"{path}: no test at tests/{path.parent}/test_{path.name}" for path in without_tests(sources(root), root)]
    found += [f"{path}: its module does not exist" for path in without_module(root)]
    known = [str(path) for path in sources(root)]
    for row in ELSEWHERE:
        if not (root / row.test).exists():
            found.append(f"deploy/mirror.py: {row.test} does not exist")
        gone = [pattern for pattern in row.modules if not any(fnmatch(path, pattern) for path in known)]
        found += [f"deploy/mirror.py: {pattern} names no module" for pattern in gone]
    return found
