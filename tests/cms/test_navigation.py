"""The masthead and the footer lead to what editors wrote."""

from cms.models import ContentPage


def test_the_footer_and_the_masthead_lead_to_the_content_pages(site, client) -> None:
    html = client.get("/en/").content.decode()
    for path in ("guide/", "about/", "rules/", "accessibility/"):
        assert f'href="/en/{path}"' in html
    guide = ContentPage.objects.get(slug="guide")
    guide.unpublish()
    assert 'href="/en/guide/"' not in client.get("/en/").content.decode()
