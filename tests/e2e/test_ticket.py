"""A proposal on its way: the enterprise and the agencies each in a window of their own."""

from playwright.sync_api import expect

from tests.e2e.people import People, sign_in
from tests.e2e.steps import act, done, file_proposal, follows, open_ticket

QUESTION = "Xin gửi mã hồ sơ đã nộp."
ANSWER = "Hồ sơ đã có kết quả, mời nhận bản điện tử trên cổng dịch vụ công."


def test_from_filing_to_the_rating_without_a_reload(people: People) -> None:
    inbox = people.open("/vi/inbox/", "officer-sxd")
    board = people.open("/vi/board/", "coordinator")
    wall = people.open("/vi/wall/")
    enterprise = people.page("enterprise", narrow=True)
    for page in (inbox, board, wall):
        follows(page)
    received = wall.locator(".wall-legend span").first.inner_text()

    code = file_proposal(enterprise)
    expect(enterprise.locator("main [role=status]").first).to_contain_text(code)
    expect(inbox.locator(f"a[href$='/tickets/{code}/']").first).to_be_visible()
    expect(board.locator(f".board a[href$='/tickets/{code}/']").first).to_be_visible()
    expect(wall.locator(".wall-legend span").first).not_to_have_text(received)
    expect(wall.locator("main")).not_to_contain_text("Công ty TNHH Thí Dụ")

    follows(enterprise)
    inbox.locator(f"tr:has(a[href$='/tickets/{code}/']) form[data-accept] button").first.click()
    inbox.wait_for_url(f"**/tickets/{code}/**")
    open_ticket(inbox, code, tab="request_info")
    act(inbox, "request_info", question=QUESTION)
    expect(enterprise.locator("#ticket-desk .notice")).to_contain_text(QUESTION)
    expect(enterprise.locator("#ticket-head")).to_contain_text("Chờ doanh nghiệp")
    act(enterprise, "provide_info", text="Mã hồ sơ 2026-11-0042.")
    done(enterprise, "Đã gửi")
    expect(inbox.locator("#ticket-timeline")).to_contain_text("2026-11-0042")

    open_ticket(inbox, code, tab="resolve")
    act(inbox, "resolve", answer=ANSWER, kind="solved")
    follows(enterprise)
    expect(enterprise.locator("form[data-tool=confirm]")).to_be_visible()
    expect(enterprise.locator("main")).to_contain_text(ANSWER)
    act(enterprise, "confirm")
    act(enterprise, "rate", score="5", comment="Nhanh và rõ.")
    done(enterprise, "chấm điểm")
    expect(inbox.locator("#ticket-head")).to_contain_text("Đã đóng")


def test_a_second_tab_that_is_out_of_date_keeps_what_was_typed(people: People) -> None:
    enterprise = people.page("enterprise2")
    code = file_proposal(enterprise)
    first, second = people.page("officer-sxd"), people.page("officer-sxd")
    open_ticket(first, code, tab="accept")
    act(first, "accept")
    open_ticket(first, code, tab="request_info")
    # A tab that hears of nothing: its connection is cut before anything happens.
    second.route_web_socket("**/ws/**", lambda socket: socket.close())
    second.route("**/api/v1/events**", lambda route: route.abort())
    open_ticket(second, code, tab="resolve")
    second.fill("form[data-tool=resolve] [name=answer]", ANSWER)
    second.check("form[data-tool=resolve] [name=kind][value=solved]")
    act(first, "request_info", question=QUESTION)
    done(first, "Đã gửi câu hỏi")
    with second.expect_response("**/resolve/") as sent:
        second.click("form[data-tool=resolve] button[type=submit]")
    assert sent.value.status == 409
    problem = second.locator("[data-error-summary]").first
    expect(problem).to_be_visible()
    expect(problem).to_contain_text(QUESTION)
    expect(second.locator("main")).to_contain_text(ANSWER)
    people.complaints.clear()  # of the connection that was cut


def test_a_session_that_ended_while_an_officer_wrote_loses_nothing(people: People) -> None:
    code = file_proposal(people.page("enterprise2"))
    page = people.page("officer-sxd")
    open_ticket(page, code, tab="accept")
    act(page, "accept")
    open_ticket(page, code, tab="resolve")
    page.fill("form[data-tool=resolve] [name=answer]", ANSWER)
    page.context.clear_cookies(name="sessionid")
    with page.expect_navigation():
        page.click("form[data-tool=resolve] button[type=submit]")
    assert "/account/login/" in page.url
    sign_in(page, "officer-sxd")
    page.wait_for_url(f"**/tickets/{code}/?tab=resolve")
    expect(page.locator("form[data-tool=resolve] [name=answer]")).to_have_value(ANSWER)


def test_a_consultation_holds_the_answer_until_the_other_agency_has_spoken(people: People) -> None:
    code = file_proposal(people.page("enterprise2"))
    officer, other = people.page("officer-sxd"), people.page("officer-stc")
    open_ticket(officer, code, tab="accept")
    act(officer, "accept")
    open_ticket(officer, code, tab="consult")
    act(officer, "consult", agencies="STC", question="Khoản phí này thu theo quy định nào?")
    open_ticket(officer, code, tab="resolve")
    expect(officer.locator("#desk-reason")).to_contain_text("xin ý kiến", ignore_case=True)
    expect(officer.locator("form[data-tool=resolve] button[type=submit]")).to_be_disabled()
    follows(officer)

    open_ticket(other, code)
    act(other, "consultation_answer", answer="Theo Thông tư về phí và lệ phí.")
    done(other, "ý kiến")
    expect(officer.locator("#ticket-consultations .clock")).to_contain_text("đã")
    expect(officer.locator("form[data-tool=resolve] button[type=submit]")).to_be_enabled()
    act(officer, "resolve", answer=ANSWER, kind="explained")
    done(officer, "Đã gửi")


def test_a_coordinator_routes_from_the_board_with_the_keyboard(people: People) -> None:
    enterprise = people.page("enterprise2")
    enterprise.goto("/vi/tickets/new/")
    enterprise.fill("[name=title]", "Xin được lắng nghe")
    enterprise.fill("[name=body]", "Chúng tôi mong được gặp.")
    enterprise.click("#filing button[type=submit]:not([formaction])")
    enterprise.wait_for_url("**/tickets/KN-**")
    follows(enterprise)
    code = enterprise.url.split("/tickets/")[1].split("/")[0]

    board = people.open("/vi/board/?status=submitted", "coordinator")
    keyboard = board.keyboard
    for _ in range(30):
        keyboard.press("j")
        if code in (board.evaluate("document.activeElement.href") or ""):
            break
    keyboard.press("p")
    board.wait_for_url(f"**/tickets/{code}/?tab=route")
    board.focus("form[data-tool=route] [name=lead_agency]")
    keyboard.type("Thanh tra")  # the list jumps there
    board.focus("form[data-tool=route] [name=reason]")
    keyboard.type("Việc chung về đầu tư.")
    keyboard.press("Tab")
    keyboard.press("Enter")
    board.wait_for_url(f"**/tickets/{code}/")
    expect(enterprise.locator("#ticket-timeline")).to_contain_text("Thanh tra")
