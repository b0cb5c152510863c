"""Meetings and counters of the demonstration: one session held, one planned, and what came by phone and at a counter.

The enterprises and what they say are made up, after the published proposals. Each step is an ordinary action.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from accounts.models import Agency, Enterprise, User
from accounts.personas import DOMAIN
from issues.actions import filing, resolving, session_points, sessions
from issues.actor import Actor
from issues.clocks import calendars
from issues.demo.play import Case
from issues.models import ListeningSession, Ticket

_HOST = "Phó Chủ tịch UBND thành phố"
_PLACE = "Hội trường UBND thành phố"
_PLANNED_IN_DAYS = 5  # working days from today


@dataclass(frozen=True)
class Point:
    """One thing that is said; either answered in the room, or taken on the next morning and perhaps answered then."""

    enterprise: int  # of the demonstration's enterprises, in order
    title: str
    body: str
    category: str
    agency: str = ""  # who answered in the room
    said_by: str = ""
    answer: str = ""
    reply: str = ""  # the answer of the lead agency, the next morning


POINTS = (
    Point(
        2,
        "Hỏi thủ tục giấy phép xây dựng khi mở rộng xưởng",
        "Xưởng mở rộng thêm 600 m² trên đất đã thuê, chưa rõ hồ sơ nào còn phải nộp.",
        "construction",
        "SXD",
        "Phó Giám đốc Sở Xây dựng",
        "Chỉ phải nộp hồ sơ điều chỉnh giấy phép đã cấp; Sở nhận hồ sơ tại quầy và trả lời đúng thời hạn luật định.",
    ),
    Point(
        3,
        "Đề nghị sửa đoạn đường vào cụm công nghiệp",
        "Xe 40 feet không vào được khi trời mưa, hàng phải chuyển tải.",
        "transport",
        reply="Đoạn đường được đưa vào kế hoạch sửa chữa của quý này; nhà thầu vào hiện trường từ thứ Hai tuần sau.",
    ),
    Point(
        4,
        "Hỏi xác nhận dự án thuộc danh mục được hỗ trợ lãi suất",
        "Ngân hàng yêu cầu xác nhận dự án thuộc danh mục ưu tiên nhưng không rõ xin ở đâu.",
        "credit",
        "STC",
        "Giám đốc Sở Tài chính",
        "Sở Tài chính xác nhận; doanh nghiệp gửi đề nghị một trang qua Trung tâm Phục vụ hành chính công.",
    ),
    Point(
        5,
        "Chậm bàn giao mặt bằng phần đất còn lại của dự án",
        "Còn bốn hộ chưa nhận tiền bồi thường, dự án dừng từ quý trước.",
        "site_clearance",
    ),
    Point(
        6,
        "Xin hướng dẫn giấy phép môi trường cho hợp tác xã chế biến nông sản",
        "Quy mô dưới ngưỡng nhưng đối tác xuất khẩu yêu cầu văn bản xác nhận.",
        "environment",
    ),
)


def meeting_cases(now: datetime) -> Iterator[tuple[datetime, Case]]:
    """When each step begins, and the step: the session of the evening before, and the one to come."""
    lead, evening = _post("coordinator"), _evening(now, -1)
    held = _Held(lead)
    yield evening - timedelta(days=3), _once(lambda: held.plan(evening))
    yield evening, _once(held.begin)
    for number, point in enumerate(POINTS):
        yield evening + timedelta(minutes=12 * number + 5), held.say(point)
    yield evening + timedelta(hours=2), _once(held.close)
    coming = _evening(now, _PLANNED_IN_DAYS)
    agencies = ["STC", "SXD", "SNNMT", "TTPVHCC"]
    yield (
        evening + timedelta(hours=2, minutes=10),
        _once(
            lambda: _plan(lead, coming, "Lắng nghe doanh nghiệp vừa và nhỏ", "Listening to small enterprises", agencies)
        ),
    )


def at_the_counter() -> Case:
    """An enterprise that is new here comes to the one-stop centre."""
    filing.file_ticket(
        actor=_post("officer-ttpvhcc"),
        title="Xin hướng dẫn nộp lại hồ sơ đăng ký đầu tư bị trả",
        body="Hồ sơ bị trả vì thiếu bản vẽ vị trí; chủ doanh nghiệp đến quầy hỏi nộp bổ sung ở đâu.",
        category="investment_procedure",
        channel="counter",
        on_behalf_of={
            "tax_code": "0199000105",
            "name": "Công ty TNHH Minh Họa 10",
            "contact": "Đại diện Minh Họa 10",
            "phone": "024 0000 0010",
            "email": "minhhoa10@example.com",
            "language": "vi",
        },
    )
    yield from ()


def on_the_phone() -> Case:
    """A known enterprise calls, and takes its receipt in English."""
    filing.file_ticket(
        actor=_post("officer-sxd"),
        title="Hỏi kết quả thẩm định thiết kế phòng cháy của nhà kho",
        body="Gọi điện hỏi vì quá hẹn trả kết quả năm ngày.",
        category="fire_safety",
        channel="phone",
        on_behalf_of={
            "tax_code": _enterprises()[1].tax_code,
            "contact": "Đại diện Ví Dụ",
            "phone": "024 0000 0002",
            "language": "en",
        },
    )
    yield from ()


class _Held:
    """The session that was held: planned first, then begun, spoken in, and closed."""

    def __init__(self, lead: Actor) -> None:
        self._lead = lead
        self._session: ListeningSession | None = None

    def plan(self, evening: datetime) -> None:
        agencies = ["VPUB", "STC", "SXD", "SNNMT", "SKHCN"]
        self._session = _plan(
            self._lead, evening, "Lắng nghe doanh nghiệp sản xuất", "Listening to manufacturers", agencies
        )

    def begin(self) -> None:
        sessions.move_session(actor=self._lead, session=self._the_session, step="start")

    def say(self, point: Point) -> Case:
        """One point; what was not answered in the room is taken on in the first minutes of the next working day."""
        captured = session_points.capture_point(
            session=self._the_session,
            actor=_post("officer-vpub"),
            on_behalf_of={"tax_code": _enterprises()[point.enterprise - 1].tax_code},
            title=point.title,
            body=point.body,
            category=point.category,
            agency=point.agency,
            answered_by=point.said_by,
            answer=point.answer,
        )
        if point.answer:
            return
        yield 10
        ticket = Ticket.objects.select_related("lead_agency", "assignee").get(pk=captured.ticket_id)
        if ticket.assignee is None:
            return
        officer = Actor.of(ticket.assignee)
        resolving.accept(ticket=ticket, actor=officer)
        if point.reply:
            yield 35
            resolving.resolve(ticket=ticket, actor=officer, answer=point.reply, kind="solved")

    def close(self) -> None:
        session = self._the_session
        sessions.save_session(
            actor=self._lead,
            session=session,
            title_vi=session.title_vi,
            title_en=session.title_en,
            place=session.place,
            host=session.host,
            starts_at=session.starts_at,
            ends_at=session.ends_at,
            agencies=[agency.code for agency in session.agencies.all()],
            minutes="Chủ tọa giao các sở trả lời trong ngày làm việc tiếp theo; Văn phòng theo dõi và báo cáo.",
            summary_vi="Năm ý kiến về xây dựng, giao thông, tín dụng, mặt bằng và môi trường; hai ý kiến được trả lời "
            "ngay tại buổi làm việc, ba ý kiến được giao cơ quan chủ trì với hạn trả lời cụ thể.",
            summary_en="Five points on building, roads, credit, sites and the environment; two were answered in the "
            "room, three went to a lead agency with a due time.",
        )
        sessions.move_session(actor=self._lead, session=session, step="close")

    @property
    def _the_session(self) -> ListeningSession:
        if self._session is None:
            raise RuntimeError("the session is planned before anything is said in it")
        return self._session


def _plan(lead: Actor, evening: datetime, title: str, english: str, agencies: list[str]) -> ListeningSession:
    known = Agency.objects.filter(code__in=agencies).values_list("code", flat=True)
    return sessions.save_session(
        actor=lead,
        title_vi=title,
        title_en=english,
        place=_PLACE,
        host=_HOST,
        starts_at=evening,
        ends_at=evening + timedelta(hours=2),
        agencies=list(known),
    )


def _once(act: Callable[[], object]) -> Case:
    """A case of one step."""
    act()
    yield from ()


def _evening(now: datetime, working_days: int) -> datetime:
    """18:00 so many working days before or after today: out of office hours, as the city did it."""
    calendar, day = calendars.default_calendar(), timezone.localdate(now)
    step = timedelta(days=1 if working_days > 0 else -1)
    left = abs(working_days)
    while left:
        day += step
        left -= calendar.is_working_day(day)
    return datetime.combine(day, datetime.min.time(), timezone.localtime(now).tzinfo) + timedelta(hours=18)


def _enterprises() -> list[Enterprise]:
    return list(Enterprise.objects.filter(memberships__isnull=False).order_by("tax_code").distinct())


def _post(local: str) -> Actor:
    return Actor.of(User.objects.get(email=f"{local}@{DOMAIN}"))
