"""Steps of the set-up that fail."""

import pytest

from deploy.steps import StepFailed, run, side_by_side


def test_a_failed_step_shows_the_end_of_its_output_and_what_to_do() -> None:
    with pytest.raises(StepFailed, match=r"(?s)This failed: sh -c.*no space left.*Make room"):
        run(["sh", "-c", "echo no space left; exit 3"], hint="Make room")


def test_the_first_failure_of_two_jobs_is_the_one_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("deploy.steps.stop_running", lambda: None)

    def fails() -> None:
        raise StepFailed("first")

    with pytest.raises(StepFailed, match="first"):
        side_by_side(fails, lambda: None)
