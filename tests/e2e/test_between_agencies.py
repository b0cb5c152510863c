"""Work between agencies in real windows: mentions by keyboard, saved replies, who else is looking, a split proposal."""

from playwright.sync_api import expect

from tests.e2e.people import People
from tests.e2e.steps import act, done, file_proposal, follows, open_ticket


def test_officers_see_each_other_mention_each_other_and_split_a_proposal(people: People) -> None:
    enterprise = people.page("enterprise2")
    code = file_proposal(enterprise)
    officer, head = people.page("officer-sxd"), people.page("head-sxd")
    open_ticket(officer, code, tab="accept")
    act(officer, "accept")
    open_ticket(officer, code, tab="note")
    follows(officer)
    open_ticket(head, code)
    expect(officer.locator("#ticket-presence")).to_contain_text("đang xem")

    name = head.locator(".who-name").inner_text()
    field = officer.locator("form[data-tool=note] textarea")
    field.press_sequentially("Xin ý kiến @truong don vi")
    expect(officer.locator(".mention-list [role=option]").first).to_have_text(name)
    expect(head.locator("#ticket-presence")).to_contain_text("đang viết")
    field.press("Enter")
    expect(field).to_have_value(f"Xin ý kiến @{name} ")
    with officer.expect_navigation():
        officer.click("form[data-tool=note] button[type=submit]")
    expect(head.locator("#ticket-timeline .mention")).to_have_text(f"@{name}")
    expect(enterprise.locator("main")).not_to_contain_text("Xin ý kiến")

    head.close()
    expect(officer.locator("#ticket-presence")).to_be_hidden(timeout=10_000)

    open_ticket(officer, code, tab="split")
    act(officer, "split", title="Phí đấu nối cấp nước", body="Phí đấu nối thu theo quy định nào?")
    done(officer, "KN-")
    link = officer.locator("main [role=status] .notice, .facts a[href*='/tickets/KN-']").first
    expect(link).to_be_visible()
    follows(enterprise)
    expect(enterprise.locator("#ticket-timeline")).to_contain_text("Phí đấu nối cấp nước")


def test_a_saved_reply_is_inserted_beside_what_was_typed(people: People) -> None:
    code = file_proposal(people.page("enterprise2"))
    officer = people.page("officer-sxd")
    open_ticket(officer, code, tab="accept")
    act(officer, "accept")
    open_ticket(officer, code, tab="resolve")
    field = officer.locator("form[data-tool=resolve] textarea")
    field.fill("Kính gửi quý công ty.")
    officer.click("form[data-tool=resolve] [data-replies]")
    first = officer.locator("#replies [data-reply]").first
    expect(first).to_be_visible()
    first.locator("[data-insert]").click()
    expect(officer.locator("#replies")).to_be_hidden()
    value = field.input_value()
    assert value.startswith("Kính gửi quý công ty.\n")
    assert len(value) > 40
    assert "{" not in value
