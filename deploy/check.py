"""`bin/check`: format, lint, types, direction of imports, migrations, messages, locks. All run, even when one fails."""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from deploy import mirror
from deploy.steps import ROOT, VENV

AT_ONCE = 2
PACKAGES = ("config", "search", "cms", "issues", "investment", "accounts", "core", "deploy")
TEMPLATE_WIDTH = 160  # characters; djhtml indents and does not wrap, so that no visible space appears or vanishes
_ADDRESS = re.compile(r"https?://")


@dataclass(frozen=True)
class Outcome:
    """What a check found: `text` is shown when it failed, or is why it was left out."""

    ok: bool
    text: str = ""
    skipped: bool = False


Check = Callable[[], Outcome]


def program(*command: str) -> Check:
    """A check that is a program of the virtual environment, or of the machine."""

    def ask() -> Outcome:
        executable = shutil.which(command[0], path=str(VENV / "bin")) or shutil.which(command[0]) or command[0]
        answer = subprocess.run(
            [executable, *command[1:]],
            cwd=ROOT,
            env=_environment(),
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
        return Outcome(answer.returncode == 0, (answer.stdout + answer.stderr).strip())

    return ask


def _environment() -> dict[str, str]:
    """The checks look at the code, not at somebody's data or servers."""
    servers = ("DATABASE_URL", "REDIS_URL", "ELASTICSEARCH_URL")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TN_") and name not in servers}
    check_dir = ROOT / "var" / "check"
    return {**kept, "TN_DEMO": "true", "TN_ENV_FILE": os.devnull, "TN_VAR_DIR": str(check_dir)}


def locks_hold_no_address() -> Outcome:
    """A lock must install from whatever index a machine uses."""
    found = [
        f"{file.name}:{number}: {line.strip()}"
        for file in sorted(ROOT.glob("requirements*.lock"))
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if _ADDRESS.search(line)
    ]
    npm = (ROOT / "package-lock.json").read_text(encoding="utf-8")
    found += ["package-lock.json: holds “resolved”"] if '"resolved"' in npm else []
    return Outcome(not found, "\n".join(found))


def dependencies_have_reasons() -> Outcome:
    """One line, one package, one reason."""
    found = [
        f"{file.name}:{number}: {line}"
        for file in sorted(ROOT.glob("requirements*.in"))
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if line.strip() and not line.startswith(("#", "-r ")) and not line.partition("#")[2].strip()
    ]
    return Outcome(not found, "\n".join(found))


def template_lines_fit() -> Outcome:
    """No line of a template is so long that a reviewer has to scroll."""
    found = [
        f"{file.relative_to(ROOT)}:{number}: {len(line)} characters"
        for file in sorted((ROOT / "templates").rglob("*"))
        if file.suffix in (".html", ".txt")
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if len(line) > TEMPLATE_WIDTH
    ]
    return Outcome(not found, "\n".join(found))


def tests_mirror_the_source() -> Outcome:
    """The tests of a module are found without a search."""
    found = mirror.problems()
    return Outcome(not found, "\n".join(found))


def compose_file() -> Outcome:
    """docker-compose.yml is understood, with the secrets that it asks for."""
    compose = shutil.which("docker-compose")
    if compose is None:
        return Outcome(True, "no docker-compose here", skipped=True)
    secrets = {"SECRET_KEY": "x" * 40, "POSTGRES_PASSWORD": "x", "TN_SITE_URL": "https://example.vn"}
    answer = subprocess.run(
        [compose, "-f", "docker-compose.yml", "config", "-q"],
        cwd=ROOT,
        env={**os.environ, **secrets},
        capture_output=True,
        text=True,
        check=False,
    )
    return Outcome(answer.returncode == 0, answer.stderr.strip())


def checks() -> dict[str, Check]:
    """Every check by what it proves; the slow one first, so that the others run beside it."""
    manage = ("python", "manage.py")
    return {
        "types (mypy)": program("mypy", *PACKAGES),
        "format (ruff format)": program("ruff", "format", "--check", "."),
        "lint (ruff check)": program("ruff", "check", "."),
        "indentation of templates (djhtml)": program("djhtml", "--check", "templates"),
        f"no line of a template is over {TEMPLATE_WIDTH} characters": template_lines_fit,
        "direction of imports (lint-imports)": program("lint-imports"),
        "Django's own checks": program(*manage, "check", "--fail-level", "WARNING"),
        "migrations are complete": program(*manage, "makemigrations", "--check", "--dry-run"),
        "every text is translated": program("python", "-m", "deploy.catalogues"),
        "state diagram is fresh": program(*manage, "tickets_diagram", "--check"),
        "glossary is fresh": program("python", "-m", "deploy.glossary", "--check"),
        "locks hold no address": locks_hold_no_address,
        "dependencies have reasons": dependencies_have_reasons,
        "tests stand where the code stands": tests_mirror_the_source,
        "docker-compose.yml": compose_file,
    }


def timed(name: str, check: Check) -> bool:
    """Run one check and print its line."""
    started = time.monotonic()
    outcome = check()
    mark = "skip" if outcome.skipped else "ok" if outcome.ok else "FAIL"
    line = f"{mark:4} {time.monotonic() - started:5.1f} s  {name}"
    if outcome.skipped:
        line += f": {outcome.text}"
    elif not outcome.ok:
        line += "\n" + "\n".join(f"       {row}" for row in outcome.text.splitlines()[-60:])
    print(line, flush=True)
    return outcome.ok


def main() -> None:
    started = time.monotonic()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        results = list(pool.map(lambda item: timed(*item), checks().items()))
    failed = results.count(False)
    verdict = f"{failed} of {len(results)} checks failed" if failed else f"all {len(results)} checks are fine"
    print(f"{verdict} ({time.monotonic() - started:.0f} s)")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
