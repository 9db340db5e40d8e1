"""What the stories about other issuers share: the way there, and the way back."""

from urllib.parse import parse_qsl, urlsplit


def go_out(browser, issuer, endpoint="members.with_issuer"):
    """Begin at the portal, sign in at the issuer, and return the address one comes back to."""
    browser.get(endpoint, key="local", expect=302)
    where = urlsplit(browser.response.location)
    assert f"{where.scheme}://{where.netloc}" == issuer.url
    back = urlsplit(issuer.authorize(dict(parse_qsl(where.query))))
    return f"{back.path}?{back.query}"


def come_back(browser, back, *, expect=302, **changed):
    """Open the page that one comes back to, and press its button."""
    page = browser.open("GET", back)
    form = page.select_one("main form")
    answers = {box["name"]: box["value"] for box in form.select("input")} | changed
    return browser.open("POST", form["action"], data=answers, expect=expect)
