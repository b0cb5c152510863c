"""Made-up steps for the projects in Hà Nội: the order and the agencies are the usual ones, dates and states are not."""

from datetime import date, timedelta
from zlib import crc32

from accounts.models import Agency
from investment.models import Project, ProjectStep, Sector

State = ProjectStep.State

# name vi, name en, agency code, working days allowed (None: no single limit), days it took in this story
_STEPS = (
    ("Quy hoạch phân khu", "Zoning plan", "SQHKT", None, 120),
    ("Chấp thuận chủ trương đầu tư", "Approval of the investment policy", "HN", 35, 47),
    ("Mời quan tâm, đánh giá năng lực", "Call for expressions of interest", "STC", 30, 44),
    ("Thu hồi đất, giải phóng mặt bằng", "Land recovery, site clearance", "ward", None, 300),
    ("Đấu thầu lựa chọn nhà đầu tư", "Bidding to select the investor", "STC", 45, 63),
    ("Giao đất, cho thuê đất", "Land allocation, land lease", "SNNMT", 20, 28),
    ("Thẩm định thiết kế, giấy phép xây dựng", "Design appraisal, construction permit", "SXD", 20, 28),
)
_CLEARANCE = 3
_PARKS = {Sector.INDUSTRIAL_INFRA: "BQLCNCKCN"}


def steps_of(project: Project, agencies: dict[str, Agency], today: date) -> list[ProjectStep]:
    """The seven steps of one project; the same project always gets the same story."""
    chance = crc32(f"steps {project.code}".encode())
    done = chance % 5
    day = today - timedelta(days=30 + chance % 90 + sum(step[4] for step in _STEPS[:done]))
    steps = []
    for order, (name_vi, name_en, code, limit, took) in enumerate(_STEPS, start=1):
        step = ProjectStep(
            project=project,
            order=order,
            kind=ProjectStep.Kind.SITE_CLEARANCE if order - 1 == _CLEARANCE else ProjectStep.Kind.PROCEDURE,
            name_vi=name_vi,
            name_en=name_en,
            agency=_agency(project, code, agencies),
            limit_working_days=limit,
        )
        if order <= done:
            step.state, step.started_on, step.finished_on = State.DONE, day, day + timedelta(days=took)
            day = step.finished_on
        elif order == done + 1:
            step.state, step.started_on = State.RUNNING, day
        if step.kind == ProjectStep.Kind.SITE_CLEARANCE and step.state in (State.RUNNING, State.DONE):
            step.done_percent = 100 if step.state == State.DONE else 15 + chance % 75
            if step.state == State.RUNNING and chance % 3 == 0:
                step.state = State.STUCK
        steps.append(step)
    return steps


def _agency(project: Project, code: str, agencies: dict[str, Agency]) -> Agency | None:
    if code == "ward":
        return project.ward
    if code == "SXD" and project.sector in _PARKS:
        code = _PARKS[Sector(project.sector)]
    return agencies.get(code)
