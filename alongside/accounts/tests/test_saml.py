import base64
import threading
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from importlib import import_module
from types import ModuleType
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.providers import registry
from allauth.socialaccount.providers.saml.provider import SAMLProvider
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from django.conf import settings as its_settings
from django.test import Client
from django.urls import include, path
from lxml import etree
from onelogin.saml2.utils import OneLogin_Saml2_Utils

from alongside.accounts.models import Study, User

HOST = "alongside.example.org"
HERE = f"http://{HOST}/sign-in/saml/saml/"
MAIL = "urn:oid:0.9.2342.19200300.100.1.3"


class Provider:
    """Has a key, publishes it, and signs what it is told to say."""

    def __init__(self) -> None:
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Merebank")])
        made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        made = (
            made.serial_number(1).not_valid_before(datetime(2020, 1, 1)).not_valid_after(datetime(2060, 1, 1))
        )
        self.certificate = made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM).decode()
        self.key = key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ).decode()

    @property
    def metadata(self) -> bytes:
        bare = "".join(self.certificate.splitlines()[1:-1])
        return f"""<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata"
entityID="http://idp.example.org">
<IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
<KeyDescriptor use="signing">
<KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data><X509Certificate>{bare}</X509Certificate></X509Data>
</KeyInfo></KeyDescriptor><SingleSignOnService Location="http://idp.example.org/sso"
Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"/></IDPSSODescriptor></EntityDescriptor>""".encode()

    def says(self, email: str, asked: str) -> str:
        now, form = datetime.now(UTC), "%Y-%m-%dT%H:%M:%SZ"
        at, soon = now.strftime(form), (now + timedelta(minutes=5)).strftime(form)
        issuer = "<saml:Issuer>http://idp.example.org</saml:Issuer>"
        answer = f"""<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"
xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="r1" Version="2.0" IssueInstant="{at}"
Destination="{HERE}back/" InResponseTo="{asked}">{issuer}<samlp:Status><samlp:StatusCode
Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>
<saml:Assertion ID="a1" Version="2.0" IssueInstant="{at}">{issuer}<saml:Subject><saml:NameID>u-1</saml:NameID>
<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData
NotOnOrAfter="{soon}" Recipient="{HERE}back/" InResponseTo="{asked}"/></saml:SubjectConfirmation>
</saml:Subject><saml:Conditions NotOnOrAfter="{soon}"><saml:AudienceRestriction>
<saml:Audience>{HERE}metadata/</saml:Audience>
</saml:AudienceRestriction></saml:Conditions><saml:AuthnStatement AuthnInstant="{at}"><saml:AuthnContext>
<saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef>
</saml:AuthnContext></saml:AuthnStatement><saml:AttributeStatement><saml:Attribute Name="{MAIL}">
<saml:AttributeValue>{email}</saml:AttributeValue></saml:Attribute></saml:AttributeStatement></saml:Assertion>
</samlp:Response>"""
        signed = OneLogin_Saml2_Utils.add_sign(answer, self.key, self.certificate)
        return base64.b64encode(signed).decode()


@pytest.fixture
def provider(settings) -> Iterator[Provider]:
    """A provider whose key is published on this machine, and the installation set up for it."""
    made = Provider()

    class Metadata(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(made.metadata)

        def log_message(self, *_said: object) -> None:
            """Tests print nothing."""

    server = HTTPServer(("127.0.0.1", 0), Metadata)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    place = f"http://127.0.0.1:{server.server_port}/"
    given = {"verified_email": True, "idp": {"metadata_url": place, "entity_id": None}}
    app = {"provider_id": place, "client_id": "saml", "name": "Merebank", "settings": given}
    registry.register(SAMLProvider)
    settings.SOCIALACCOUNT_PROVIDERS = {"saml": {"APPS": [app]}}
    settings.ALLOWED_HOSTS = [HOST]
    settings.ROOT_URLCONF = with_saml()
    yield made
    registry.provider_map.pop("saml")
    server.shutdown()
    server.server_close()


def with_saml() -> ModuleType:
    """All addresses, as they are where SAML is set up."""
    urls = import_module(its_settings.ROOT_URLCONF)
    addresses = ModuleType("addresses")
    vars(addresses).update({name: value for name, value in vars(urls).items() if name.startswith("handler")})
    saml = path("sign-in/", include("alongside.accounts.saml_urls"))
    addresses.urlpatterns = [saml, *urls.urlpatterns]  # type: ignore[attr-defined]
    return addresses


def sign_in(provider: Provider, email: str, signer: Provider | None = None) -> tuple[Client, str]:
    """To the provider and back with its answer; where that leads."""
    browser = Client(headers={"host": HOST})
    sent = browser.get("/sign-in/saml/saml/").headers["Location"]
    request = parse_qs(urlsplit(sent).query)["SAMLRequest"][0]
    asked = etree.fromstring(zlib.decompress(base64.b64decode(request), -15)).get("ID")
    finish = browser.post(
        "/sign-in/saml/saml/back/", {"SAMLResponse": (signer or provider).says(email, asked)}
    )
    return browser, browser.get(finish.headers["Location"]).headers["Location"]


def test_what_the_provider_needs_to_know_is_published(db: None, provider: Provider):
    """Who we are, and where its answer goes."""
    answer = Client(headers={"host": HOST}).get("/sign-in/saml/saml/metadata/")
    assert f'Location="{HERE}back/"' in answer.content.decode()


def test_an_invited_address_signs_in(provider: Provider, carys: User, study: Study):
    """With an answer that the provider signed."""
    browser, _led_to = sign_in(provider, str(carys.email))
    assert browser.session["_auth_user_id"] == str(carys.pk)


def test_an_unknown_address_does_not(provider: Provider, carys: User, study: Study):
    """Signed or not, nobody is let in whom no coordinator let in."""
    browser, led_to = sign_in(provider, "nobody@example.org")
    assert led_to == "/sign-in/"
    assert "_auth_user_id" not in browser.session
    assert "did not sign you in" in browser.get(led_to).content.decode()


def test_an_answer_signed_by_another_does_not(provider: Provider, carys: User, study: Study):
    """The same words under a key that isn't the provider's."""
    browser, led_to = sign_in(provider, str(carys.email), signer=Provider())
    assert led_to == "/sign-in/"
    assert "_auth_user_id" not in browser.session
