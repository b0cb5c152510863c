"""Summaries of projects made from their facts alone, one honest sentence after another, in both languages."""

from core import wording
from investment.models import Project, Sector

_KIND_VI = {
    Sector.URBAN_HOUSING: "Dự án khu đô thị, nhà ở",
    Sector.TRANSPORT: "Dự án giao thông",
    Sector.INDUSTRIAL_INFRA: "Dự án hạ tầng khu, cụm công nghiệp",
    Sector.TOURISM: "Dự án du lịch",
    Sector.TRADE_SERVICES: "Dự án thương mại, dịch vụ",
    Sector.LOGISTICS_PORT: "Dự án cảng, logistics",
    Sector.IT_HIGHTECH: "Dự án công nghệ thông tin, công nghệ cao",
    Sector.CULTURE_SPORT: "Dự án văn hóa, thể thao",
    Sector.ENVIRONMENT: "Dự án môi trường",
    Sector.HEALTH: "Dự án y tế",
    Sector.EDUCATION: "Dự án giáo dục",
    Sector.ENERGY: "Dự án năng lượng",
    Sector.AGRICULTURE: "Dự án nông nghiệp",
    Sector.WATER: "Dự án cấp, thoát nước",
}
_KIND_EN = {
    Sector.URBAN_HOUSING: "Urban area or housing project",
    Sector.TRANSPORT: "Transport project",
    Sector.INDUSTRIAL_INFRA: "Industrial park infrastructure project",
    Sector.TOURISM: "Tourism project",
    Sector.TRADE_SERVICES: "Trade and services project",
    Sector.LOGISTICS_PORT: "Port or logistics project",
    Sector.IT_HIGHTECH: "Information or high technology project",
    Sector.CULTURE_SPORT: "Culture or sports project",
    Sector.ENVIRONMENT: "Environment project",
    Sector.HEALTH: "Health project",
    Sector.EDUCATION: "Education project",
    Sector.ENERGY: "Energy project",
    Sector.AGRICULTURE: "Agriculture project",
    Sector.WATER: "Water project",
}
_SOURCE_VI = {
    Project.RecordType.CALL_LIST: "có trong danh mục kêu gọi đầu tư",
    Project.RecordType.SELECTION: "được thông báo mời lựa chọn nhà đầu tư",
    Project.RecordType.PPP: "có trong danh mục PPP hoặc ưu tiên",
    Project.RecordType.PLANNED: "có trong quy hoạch, chờ nhà đầu tư",
}
_SOURCE_EN = {
    Project.RecordType.CALL_LIST: "named in a list of projects calling for investment",
    Project.RecordType.SELECTION: "announced for the selection of an investor",
    Project.RecordType.PPP: "named in a list of PPP or priority projects",
    Project.RecordType.PLANNED: "planned and awaiting an investor",
}


def title(project: Project, language: str) -> str:
    """The name in a language; the Vietnamese one where the source has no English."""
    return project.name_en if language == "en" and project.name_en else project.name_vi


def summary(project: Project, language: str) -> str:
    """One to three sentences of facts; what the source does not give is not mentioned."""
    return _english(project) if language == "en" else _vietnamese(project)


def _vietnamese(project: Project) -> str:
    text = _KIND_VI.get(Sector(project.sector), "Dự án") if project.sector else "Dự án"
    if project.area_ha is not None:
        text += f" {wording.area(project.area_ha, language='vi')}"
    where = ", ".join(filter(None, (project.place, project.province)))
    text += f" tại {where}" if where else ""
    if project.record_type:
        year = f" năm {project.source_year}" if project.source_year else " (nguồn không rõ năm)"
        text += f", {_SOURCE_VI[Project.RecordType(project.record_type)]}{year}"
    capital = wording.money(project.capital_vnd_billion, project.capital_usd_million, language="vi")
    return f"{text}. Tổng vốn theo nguồn: {capital}." if capital else f"{text}. Nguồn không nêu tổng vốn."


def _english(project: Project) -> str:
    text = _KIND_EN.get(Sector(project.sector), "Project") if project.sector else "Project"
    if project.area_ha is not None:
        text += f" of {wording.area(project.area_ha, language='en')}"
    where = ", ".join(filter(None, (project.place, project.province)))
    text += f" at {where}" if where else ""
    if project.record_type:
        year = f" in {project.source_year}" if project.source_year else " (year of the source not known)"
        text += f", {_SOURCE_EN[Project.RecordType(project.record_type)]}{year}"
    capital = wording.money(project.capital_vnd_billion, project.capital_usd_million, language="en")
    text += f". Total capital by the source: {capital}." if capital else ". The source gives no total capital."
    return text if project.name_en else f"{text} The source gives no English name; the Vietnamese one stands here."
