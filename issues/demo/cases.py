"""What may happen to a proposal, as cases for the demonstration. Each step is an ordinary action."""

from accounts.models import Agency
from accounts.personas import DOMAIN
from issues.actions import consultations, conversation, enterprise, extensions, resolving, routing
from issues.demo import papers
from issues.demo.folder import Folder, Proposal, post_of
from issues.demo.play import Case

_LAW = "Luật Tổ chức chính quyền địa phương 2025; quyết định phân công của UBND thành phố"


def _other_agency(folder: Folder, *codes: str) -> str:
    lead = folder.ticket.lead_agency
    wanted = [code for code in codes if lead is None or code != lead.code]
    return Agency.objects.get(code=wanted[0]).code


def _lead_code(folder: Folder) -> str:
    lead = folder.ticket.lead_agency
    assert lead is not None  # noqa: S101  (it was routed just before)
    return lead.code


def waiting(proposal: Proposal) -> Case:
    """Filed and routed; nobody has accepted it yet."""
    proposal.file()
    yield 600


def answered(proposal: Proposal, *, pace: float = 100, score: int | None = 5, kind: str = "explained") -> Case:
    """Accepted, answered in time, published; confirmed and rated unless `score` is None (silence)."""
    folder = proposal.file()
    yield 9
    folder.ensure_routed()
    yield 7
    folder.accept()
    yield pace
    folder.resolve(kind)
    yield 12
    folder.publish()
    if score is None:
        return
    yield 35
    folder.do(enterprise.confirm, folder.filer)
    folder.do(enterprise.rate, folder.filer, score=score, comment="")


def in_progress(proposal: Proposal) -> Case:
    """Accepted; an internal note, nothing more yet."""
    folder = proposal.file()
    yield 6
    folder.ensure_routed()
    yield 8
    folder.accept()
    yield 20
    folder.do(
        conversation.post_message,
        folder.officer,
        body="Đã đối chiếu hồ sơ lưu; đang dự thảo trả lời.",
        visibility="internal",
    )
    yield 3
    lead, head = folder.ticket.lead_agency, folder.post("head").user
    folder.do(
        conversation.post_message,
        folder.officer,
        body=f"@{head} xin ý kiến về hướng trả lời trước khi gửi doanh nghiệp.",
        visibility="internal",
        internal_to=lead.code if lead else None,
    )
    yield 5000


def awaiting(proposal: Proposal) -> Case:
    """The agency has asked the enterprise; the clock is paused."""
    folder = proposal.file()
    yield 6
    folder.ensure_routed()
    yield 9
    folder.accept()
    yield 25
    question = "Đề nghị gửi bản sao văn bản đã được cấp và nêu rõ thời điểm doanh nghiệp bắt đầu thực hiện."
    folder.do(resolving.request_info, folder.officer, question=question)
    yield 9000


def asked_and_answered(proposal: Proposal) -> Case:
    """A question, an answer, a pause in between; then in progress."""
    folder = proposal.file()
    yield 5
    folder.ensure_routed()
    yield 6
    folder.accept()
    yield 15
    question = "Đề nghị bổ sung quyết định giao đất và biên bản làm việc gần nhất."
    folder.do(resolving.request_info, folder.officer, question=question)
    yield 45
    text = "Gửi quyết định giao đất và biên bản làm việc; bản gốc nộp khi được yêu cầu."
    folder.do(enterprise.provide_info, folder.filer, text=text)
    for paper in (papers.site_sketch(), papers.record()):
        folder.do(conversation.attach, folder.filer, upload=paper)
    yield 5000


def consulted(proposal: Proposal) -> Case:
    """Two agencies are asked in parallel; one has answered."""
    folder = proposal.file()
    yield 5
    folder.ensure_routed()
    yield 7
    folder.accept()
    yield 10
    first = _other_agency(folder, "STP", "SXD")
    second = _other_agency(folder, "SQHKT", "STC")
    asked = folder.do(
        consultations.request_consultation,
        folder.officer,
        agency=first,
        question="Văn bản ủy quyền lập ở nước ngoài, đã hợp pháp hóa lãnh sự, có được chấp nhận trong hồ sơ không?",
    )
    folder.do(
        consultations.request_consultation,
        folder.officer,
        agency=second,
        question="Chỉ tiêu quy hoạch của khu đất có thay đổi so với bản đã duyệt không?",
    )
    yield 30
    consultations.answer_consultation(
        consultation=asked,
        actor=folder.post("officer", first),
        answer="Được chấp nhận nếu có bản dịch công chứng kèm theo.",
    )
    yield 5000


def overdue(proposal: Proposal) -> Case:
    """Accepted late and not answered: the promise is broken, and everybody sees it."""
    folder = proposal.file()
    yield 40
    folder.ensure_routed()
    yield 50
    folder.accept(greet=False)
    yield 9000


def returned(proposal: Proposal) -> Case:
    """Returned once with the right agency and the law, routed there by hand, accepted."""
    folder = proposal.file()
    yield 6
    folder.ensure_routed()
    yield 10
    right = _other_agency(folder, "SNNMT", "SXD")
    folder.do(resolving.return_ticket, folder.post("officer"), agency=right, legal_basis=_LAW)
    yield 8
    reason = "Cơ quan trả lại nêu đúng thẩm quyền."
    folder.do(routing.route, folder.coordinator, lead_agency=right, reason=reason)
    yield 9
    folder.accept()
    yield 5000


def returned_twice(proposal: Proposal) -> Case:
    """Two agencies return it to each other; then the coordinator decides, and is offered to make it a rule."""
    folder = proposal.file()
    yield 6
    folder.ensure_routed()
    yield 12
    first = _lead_code(folder)
    second = _other_agency(folder, "STC", "SXD")
    folder.do(resolving.return_ticket, folder.post("officer"), agency=second, legal_basis=_LAW)
    yield 7
    reason = "Chuyển theo đề nghị của cơ quan trả lại."
    folder.do(routing.route, folder.coordinator, lead_agency=second, reason=reason)
    yield 14
    folder.do(resolving.return_ticket, folder.post("officer"), agency=first, legal_basis=_LAW)
    yield 9
    reason = "Đã xem ý kiến hai cơ quan; giao một đầu mối chủ trì, cơ quan còn lại phối hợp."
    folder.do(
        routing.route,
        folder.coordinator,
        lead_agency=first,
        coordinating_agencies=[second],
        category=folder.ticket.category or proposal.category,
        reason=reason,
    )
    yield 5000


def extended(proposal: Proposal) -> Case:
    """The leader grants three more working days; both due times stay visible."""
    folder = proposal.file()
    yield 5
    folder.ensure_routed()
    yield 8
    folder.accept()
    yield 60
    reason = "Phải đối chiếu hồ sơ lưu tại hai xã và đo đạc lại ranh giới."
    extension = folder.do(extensions.request_extension, folder.officer, working_days=3, reason=reason)
    yield 15
    extensions.decide_extension(
        extension=extension,
        actor=post_of(f"leader@{DOMAIN}"),
        granted=True,
        reason="Vụ việc cần đo đạc tại chỗ; báo doanh nghiệp hạn mới.",
    )
    yield 9000


def complex_case(proposal: Proposal) -> Case:
    """The agency asks for treatment as a complex case, and the leader grants it."""
    folder = proposal.file()
    yield 5
    folder.ensure_routed()
    yield 9
    folder.accept()
    yield 45
    reason = "Liên quan ba sở và hai xã; phải họp liên ngành và kiểm tra thực địa."
    asked = folder.do(extensions.request_extension, folder.officer, as_complex=True, reason=reason)
    yield 20
    extensions.decide_extension(
        extension=asked,
        actor=post_of(f"leader@{DOMAIN}"),
        granted=True,
        reason="Đúng là vụ việc phức tạp; tổ công tác theo dõi hằng ngày.",
    )
    yield 9000


def reopened(proposal: Proposal) -> Case:
    """Answered, but not helpful: reopened with a reason and a new clock."""
    folder = proposal.file()
    yield 5
    folder.ensure_routed()
    yield 8
    folder.accept()
    yield 70
    folder.resolve("partly")
    yield 200
    reason = "Câu trả lời chưa nói rõ hồ sơ nào còn thiếu."
    folder.do(enterprise.reopen, folder.filer, reason=reason)
    yield 90
    folder.resolve("solved")
    yield 30
    folder.do(enterprise.confirm, folder.filer)
    folder.do(enterprise.rate, folder.filer, score=3, comment="Lần sau xin trả lời đủ ngay từ đầu.")


def declined(proposal: Proposal) -> Case:
    """Outside the city's competence: the coordinator names the responsible body."""
    folder = proposal.file()
    yield 10
    if folder.ticket.lead_agency_id is not None:
        basis = "Nghị định về chức năng, nhiệm vụ của ngân hàng trung ương"
        right = _other_agency(folder, "VPUB")
        folder.do(resolving.return_ticket, folder.post("officer"), agency=right, legal_basis=basis)
        yield 8
    folder.do(
        routing.decline,
        folder.coordinator,
        agency="Ngân hàng Nhà nước Việt Nam",
        legal_basis="Luật Ngân hàng Nhà nước Việt Nam, điều 4",
    )


def withdrawn(proposal: Proposal) -> Case:
    """The enterprise takes it back."""
    folder = proposal.file()
    yield 30
    folder.do(enterprise.withdraw, folder.filer, reason="Đã tự giải quyết được.")
