"""What can be a domain of an organisation."""

import re

from portal.core.wording import N_, Sentence

#: Where anybody may have an address: it says nothing of whom one works for.
FREE_MAIL = frozenset(
    {
        "aol.com", "broadpark.no", "c2i.net", "duck.com", "email.com", "fastmail.com",
        "frisurf.no", "getmail.no", "gmail.com", "gmx.com", "gmx.de", "gmx.net", "googlemail.com",
        "hey.com", "hotmail.co.uk", "hotmail.com", "hotmail.de", "hotmail.no", "hotmail.se",
        "hushmail.com", "icloud.com", "inbox.com", "live.com", "live.no", "live.se", "lyse.net",
        "mac.com", "mail.com", "mail.ru", "mailbox.org", "me.com", "msn.com", "online.no",
        "outlook.com", "outlook.no", "pm.me", "posteo.de", "posteo.net", "proton.me",
        "protonmail.ch", "protonmail.com", "qq.com", "rocketmail.com", "start.no", "sol.no",
        "t-online.de", "telia.com", "tuta.com", "tutanota.com", "vikenfiber.no", "web.de",
        "yahoo.co.uk", "yahoo.com", "yahoo.de", "yahoo.no", "yahoo.se", "yandex.com", "yandex.ru",
        "ymail.com", "zoho.com", "163.com", "126.com",
    }
)  # fmt: skip
#: Beneath these others register: they are nobody's own.
SHARED = frozenset(
    {
        "ac.uk", "co.jp", "co.nz", "co.uk", "com.au", "com.br", "gov.uk", "herokuapp.com",
        "kommune.no", "net.au", "onmicrosoft.com", "org.au", "org.uk", "priv.no",
    }
)  # fmt: skip
SHAPE = re.compile(r"(?=.{4,253}\Z)(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_]{2,63}\Z")

#: So many domains an organisation may name: each is looked at by staff.
MOST = 20
NO_DOMAIN = Sentence(N_("Write a domain as it stands behind the @, such as firma.no."))
FREE = Sentence(
    N_("Anybody can have an address at %(domain)s, so it does not tell who works for you.")
)
OTHERS = Sentence(N_("This domain is confirmed for another organisation. Write to us about it."))
LISTED = Sentence(N_("This domain is in the list already."))
ENOUGH = Sentence(N_("You have named as many domains as we keep. Remove one first."))


def tidied(text: str | None) -> str:
    """Write a domain as it is kept, from what people paste: addresses of mail and of the web."""
    plain = (text or "").replace("\x00", "").strip().lower().rpartition("@")[2]
    plain = plain.removeprefix("https://").removeprefix("http://").partition("/")[0]
    return plain.removeprefix("www.").strip(".")


def is_free_mail(domain: str) -> bool:
    """Tell whether a domain is open to anybody, or lies above many."""
    return domain in FREE_MAIL or domain in SHARED


def wrong_domain(domain: str) -> Sentence | None:
    """Say why something cannot be a domain of an organisation."""
    if not SHAPE.match(domain):
        return NO_DOMAIN
    return Sentence(FREE.text, {"domain": domain}) if is_free_mail(domain) else None
