"""Speaking with mail servers: encrypted, with those who are who they say, and what they answer."""

import re
from email.message import EmailMessage
from ssl import create_default_context
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, unquote, urlsplit

if TYPE_CHECKING:
    from smtplib import SMTP

#: What servers answer for a mailbox that is not there.
GONE = (550, 551, 553)
LONGER = re.compile(r"\b5\.(\d+\.\d+)\b")
#: This machine: nobody else hears what is said to it.
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class Unencrypted(Exception):
    """A mail server asks for a password where others could listen."""


class Returned(Exception):
    """A mail server turned an address down for good."""


def post(message: EmailMessage, address: str) -> None:
    """Speak SMTP: smtp:// with STARTTLS when the server offers it, smtps:// encrypted at once.

    Whoever encrypts has to be who they say, by a certificate that this machine trusts; a password
    is told to nobody else. A server on this machine itself needs neither.
    """
    server = urlsplit(address)
    at_home = server.hostname in LOOPBACK
    with connected(server) as connection:
        connection.ehlo()
        encrypted = server.scheme == "smtps"
        if not encrypted and not at_home and connection.has_extn("starttls"):
            connection.starttls(context=create_default_context())
            encrypted = True
        if server.username:
            if not encrypted and not at_home:
                raise Unencrypted("the server does not encrypt, so it is told no password")
            connection.login(unquote(server.username), unquote(server.password or ""))
        send_or_return(connection, message)


def connected(server: SplitResult) -> "SMTP":
    """Open a line to a mail server."""
    from smtplib import SMTP, SMTP_SSL  # noqa: PLC0415 - the worker's business, not the web's

    host, port = server.hostname or "", server.port or 0
    if server.scheme == "smtps":
        return SMTP_SSL(host, port, timeout=30, context=create_default_context())
    return SMTP(host, port, timeout=30)


def send_or_return(connection: "SMTP", message: EmailMessage) -> None:
    """Send a message. Raises Returned when there is no such mailbox, and never will be."""
    from smtplib import SMTPRecipientsRefused  # noqa: PLC0415 - as above

    try:
        connection.send_message(message)
    except SMTPRecipientsRefused as error:
        for code, said in error.recipients.values():
            told = said.decode(errors="replace")
            if is_for_good(code, told):
                raise Returned(f"{code} {told}") from error
        raise


def is_for_good(code: int, said: str) -> bool:
    """Tell whether a server says that a mailbox is not there; it may also merely dislike us.

    The second number of the longer code tells what is wrong: the address (1), or a mailbox that is
    closed (2.1). Full ones and rules about senders pass.
    """
    longer = LONGER.search(said)
    return code in GONE and (longer is None or longer[1].startswith(("1.", "2.1")))
