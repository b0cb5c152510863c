"""What the forms of the administration send."""


def calendar_data(**changes: str) -> dict[str, str]:
    """A valid form of the city's calendar, but for `changes`."""
    week = dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), "08:00–12:00, 13:30–17:30")
    return {
        "code": "city",
        "name_vi": "Giờ hành chính",
        "name_en": "",
        "timezone": "Asia/Ho_Chi_Minh",
        "holidays_country": "VN",
        "is_default": "on",
        "sat": "",
        "sun": "",
        **week,
        "days-TOTAL_FORMS": "0",
        "days-INITIAL_FORMS": "0",
        "days-MIN_NUM_FORMS": "0",
        "days-MAX_NUM_FORMS": "1000",
        **changes,
    }


def rule_data(**changes: object) -> dict[str, object]:
    """A valid form of a rule, but for `changes`."""
    return {
        "number": "900",
        "priority": "5",
        "name_vi": "Quy tắc thử",
        "name_en": "",
        "active": "on",
        "valid_from": "",
        "valid_to": "",
        "categories": ["construction"],
        "words_any": "cầu trục\nmái nhà xưởng",
        "words_all": "",
        "has_project": "unknown",
        "lead_choice": "STC",
        "coordinating_choice": ["STP"],
        **changes,
    }
