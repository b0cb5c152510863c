"""Machine or person. A machine's mail moves no clock; where it is not certain, the words are kept and the clock waits.

RFC 3834 has the one header that answers of programs should carry; many carry another one, or only words.
"""

import re
from dataclasses import dataclass
from email.message import Message
from enum import StrEnum

from core.text import fold
from issues.mail.inbound import headers


class Author(StrEnum):
    PERSON = "person"
    UNSURE = "unsure"
    MACHINE = "machine"


@dataclass(frozen=True)
class Judgement:
    author: Author = Author.PERSON
    why: str = ""  # the header or the words, for the record


# Fields that only programs set, whatever they say.
_MARKS = (
    *("X-Autoreply", "X-Autorespond", "X-Autoresponder", "X-Auto-Reply", "X-Auto-Respond", "X-AutoReply-From"),
    *("X-Mail-Autoreply", "X-FC-MachineGenerated", "X-Failed-Recipients", "X-Vacation"),
)
_BULK = ("bulk", "junk", "auto_reply")  # "list" is a person who writes through a mailing list
_REPORTS = ("multipart/report", "message/delivery-status", "message/disposition-notification")
# Beginnings of subjects, folded: answers by programs, reports, and answers to invitations. What a program writes ends
# there or is followed by the subject it answers: "Không gửi được hồ sơ qua mạng" is a person's.
_AUTOMATIC_SUBJECT = re.compile(
    r"""[\s\[(*"“]*(?:
      (?:
        (thu\ )?(tra\ loi|phan\ hoi|phuc\ dap|hoi\ dap)\ tu\ dong | tu\ dong\ (tra\ loi|phan\ hoi)
      | automatic\ (reply|response) | auto(matic)?[\s-]?(reply|response|responder|antwort) | autosvar
      | out\ of\ (the\ )?office\ auto-?reply
      | abwesenheit\w* | automatische\ antwort | automatisch\ antwoord | reponse\ automatique | respuesta\ automatica
      | risposta\ automatica | resposta\ automatica
      | undeliver(ed|able) | returned\ mail | failure\ notice | khong\ (the\ )?(gui|chuyen)\ (duoc|den)
      )\s*(?:$|[]:)*"”–—-]|(?:to|from|tu|cho|re|fwd?)\b)
    | (out\ of\ (the\ )?office | ooo | vang\ mat | ngoai\ van\ phong)\s*[:\]]
    | 자동\ ?(회신|응답) | 自動(返信|応答|回覆) | 自动(回复|答复)
    | mail\ delivery\ fail(ed|ure) | delivery\ (status\ notification|failure|has\ failed)
    | (read | not\ read | da\ doc | chua\ doc | read\ receipt | recall)\s*:
    )""",
    re.VERBOSE,
)
# In any place of a subject or near the beginning of a text, folded. People write such words too.
_AWAY = re.compile(
    r"""\b(?:
      out\ of\ (the\ )?office | away\ from\ (my\ )?(desk|office|e-?mail) | limited\ access\ to\ (my\ )?e-?mail
    | (i\ am|i'm|i’m|i\ will\ be)\ (currently\ )?(away|absent|travell?ing|on\ (\w+\ )?(leave|vacation|holiday))
    | auto(matic)?[\s-]?(reply|response) | automatically\ generated | (do\ not|don't|don’t)\ reply\ to\ this
    | (tra\ loi|phan\ hoi|phuc\ dap|hoi\ dap)\ tu\ dong | tu\ dong\ (tra\ loi|phan\ hoi) | thu\ hoi:
    | (vui\ long|xin)\ (khong|dung)\ (tra\ loi|phan\ hoi)\ (lai\ )?(thu|email|e-mail)
    | (khong\ duoc\ theo\ doi|(is\ )?not\ monitored) | (toi|em|minh)\ dang\ trong\ ky\ nghi
    | (?<!chung\ )(toi|em|minh)\ (hien\ )?dang\ nghi\ thai\ san | (i\ will|i'll|i’ll)\ be\ (out|back)\ (until|on|from)
    | (thu|email|e-mail)\ (nay\ )?(duoc\ )?(gui\ )?tu\ dong
    | (toi|em|minh|hien)\ (\w+\ ){0,4}(di\ cong\ tac|nghi\ (phep|le|om|tet|mat)|vang\ mat) | ngoai\ van\ phong
    | (tra\ loi|phan\ hoi|lien\ he)\ (lai\ )?(\S+\ ){0,3}(sau\ khi|ngay\ khi|khi)\ (\w+\ )?(tro|quay)\ (lai|ve)
    | thong\ bao\ (vang\ mat|nghi\ \w+|di\ cong\ tac) | khong\ co\ mat\ (tai|o)\ (van\ phong|co\ quan)
    | se\ (tra\ loi|phan\ hoi|lien\ he)\ .{0,40}(som\ nhat|ngay\ khi\ co\ the) | cam\ on\ .{0,40}da\ lien\ he
    | thank\ you\ for\ (contacting|your\ (e-?mail|message)) | (have|has\ been)\ received\ .{0,20}(e-?mail|message)
    | nhan\ duoc\ (email|e-mail|thu)\ .{0,40}va\ se\ (tra\ loi|phan\ hoi|lien\ he)
    )""",
    re.VERBOSE,
)
_BEGINNING = 600  # characters


def judge_head(head: Message, subject: str) -> Judgement:
    """By header fields and subject."""
    why = _machine_mark(head)
    if why:
        return Judgement(Author.MACHINE, why)
    said = fold(subject)
    if _AUTOMATIC_SUBJECT.match(said):
        return Judgement(Author.MACHINE, f"Subject: {subject[:80]}")
    if headers.value(head, "X-Auto-Response-Suppress").strip():
        return Judgement(Author.UNSURE, "X-Auto-Response-Suppress")
    if _AWAY.search(said):
        return Judgement(Author.UNSURE, f"Subject: {subject[:80]}")
    return Judgement()


def judge_words(head: Judgement, text: str, *, answers_invitation: bool = False) -> Judgement:
    """The same with what is written; an answer to an invitation in which nothing is written is a calendar's."""
    if head.author != Author.PERSON:
        return head
    if answers_invitation:
        return Judgement(Author.UNSURE if text else Author.MACHINE, "text/calendar")
    found = _AWAY.search(fold(text[:_BEGINNING]))
    return Judgement(Author.UNSURE, f"“{found[0].strip()}”") if found else head


def _machine_mark(head: Message) -> str:
    submitted = headers.value(head, "Auto-Submitted").partition(";")[0].partition("(")[0].strip().lower()
    if submitted and submitted != "no":
        return f"Auto-Submitted: {submitted[:40]}"
    precedence = headers.value(head, "Precedence").strip().lower()
    if precedence in _BULK:
        return f"Precedence: {precedence}"
    for name in _MARKS:
        if headers.value(head, name).strip():
            return name
    if headers.value(head, "Return-Path").strip() == "<>":
        return "Return-Path: <>"
    kind = head.get_content_type()
    if kind in _REPORTS:
        return kind
    method = headers.parameter(head, "Content-Type", "method").lower()
    return "text/calendar" if kind == "text/calendar" and method in ("reply", "counter", "refresh") else ""
