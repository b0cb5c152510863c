"""A coordinator writes a rule, narrows the wards down, and tries it before it is saved."""

from playwright.sync_api import expect

from tests.e2e.people import People


def test_a_rule_is_written_narrowed_down_and_tried(people: People) -> None:
    page = people.open("/admin/routingrule/new/", "coordinator")
    wards = page.locator("[data-filtered-choices]").first
    wards.locator("input[type=search]").fill("hoan kiem")
    expect(wards.locator("label:visible")).to_have_count(1)
    wards.locator("label:visible").click()
    wards.locator("input[type=search]").fill("ba dinh")
    expect(wards.locator("label:visible")).to_have_count(2)  # what is ticked stays in sight
    page.locator("[name=name_vi]").fill("Thử một quy tắc")
    page.locator("[name=lead_choice]").select_option("VPUB")
    with page.expect_navigation():
        page.locator("[name=action-try]").click()
    expect(page.locator("#trial")).to_be_visible()
    expect(page.locator("[name=name_vi]")).to_have_value("Thử một quy tắc")
    expect(page.locator("[data-filtered-choices]").first.locator("input:checked")).to_have_count(1)
