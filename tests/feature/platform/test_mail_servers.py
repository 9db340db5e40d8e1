"""Mail servers that ask for a name and a password: neither is told to anybody but them."""

import ipaddress
import ssl
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from portal.platform import smtp
from tests.support.ports import free_port

NAME = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "mail.example")])


class Postbox:
    """Takes what comes, and notes who said which password."""

    def __init__(self):
        self.taken, self.told = [], []

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - aiosmtpd's name
        self.taken.append(envelope.content)
        return "250 Taken"

    def __call__(self, server, session, envelope, mechanism, data):
        self.told.append((data.login, data.password))
        return AuthResult(success=True)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate for this machine that nobody vouches for, as a file, with its key."""
    key, day = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    here = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    signed = (
        x509.CertificateBuilder(NAME, NAME, key.public_key(), x509.random_serial_number())
        .not_valid_before(day - timedelta(days=1))
        .not_valid_after(day + timedelta(days=1))
        .add_extension(here, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("tls") / "server.pem"
    pem = serialization.Encoding.PEM
    plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    file.write_bytes(signed.public_bytes(pem) + key.private_bytes(pem, *plain))
    return file


@pytest.fixture
def serve(certificate):
    """Start a mail server: `serve(tls=True)` encrypts when asked to."""
    running = []

    def start(*, tls):
        box, more = Postbox(), {}
        if tls:
            context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            context.load_cert_chain(certificate)
            more["tls_context"] = context
        port = free_port()
        server = Controller(
            box, hostname="127.0.0.1", port=port, authenticator=box, auth_require_tls=False, **more
        )
        server.start()
        running.append(server)
        return box, f"smtp://portal:p%40ss@127.0.0.1:{port}"

    yield start
    for server in running:
        server.stop()


@pytest.fixture
def elsewhere(monkeypatch):
    """Let this machine be taken for another."""
    monkeypatch.setattr(smtp, "LOOPBACK", frozenset())


@pytest.fixture
def letter():
    message = EmailMessage()
    message["From"], message["To"] = "portal@cluster.example", "kari@example.org"
    message.set_content("You have mail.")
    return message


@pytest.mark.usefixtures("elsewhere")
def test_a_server_that_can_be_trusted_is_told_the_password(serve, letter, certificate, monkeypatch):
    box, address = serve(tls=True)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    smtp.post(letter, address)
    assert box.told == [(b"portal", b"p@ss")]
    assert len(box.taken) == 1


@pytest.mark.usefixtures("elsewhere")
def test_a_server_that_nobody_vouches_for_is_told_nothing(serve, letter):
    box, address = serve(tls=True)
    with pytest.raises(ssl.SSLCertVerificationError):
        smtp.post(letter, address)
    assert (box.told, box.taken) == ([], [])


@pytest.mark.usefixtures("elsewhere")
def test_no_password_is_told_where_all_can_listen(serve, letter):
    box, address = serve(tls=False)
    with pytest.raises(smtp.Unencrypted):
        smtp.post(letter, address)
    assert (box.told, box.taken) == ([], [])


def test_a_server_on_this_machine_need_not_encrypt(serve, letter):
    box, address = serve(tls=False)
    smtp.post(letter, address)
    assert (box.told, len(box.taken)) == ([(b"portal", b"p@ss")], 1)
