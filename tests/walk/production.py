"""The portal as ``docker-compose.yml`` runs it: no demo, nginx with TLS, mail and SMS really sent.

The code is a copy of what the image holds. In it the office has confirmed its tariff: while the
file calls it a sample, no SKRD goes out in production.
"""

import ipaddress
import secrets
import shutil
import ssl
import subprocess
import time
from datetime import timedelta

import prepared
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.utils import timezone
from portal import ROOT, Portal, fill, free_port
from postbox import LOGIN, SECRET, Postbox

HOST = "127.0.0.1"
FIRST = ("utama@dinas.test", "pohon beringin di alun-alun")
"""The first account, made on the command line."""


class Production(Portal):
    def __init__(self, folder, **services):
        super().__init__(folder, **services)
        self.root = self.folder / "portal"
        self.front, mail = free_port(), free_port()
        self.url = f"https://{HOST}:{self.front}"
        self.certificate = certificate(self.folder / "tls")
        self.post = Postbox(served(self.certificate), mail)
        self.env |= example() | {
            "DEMO": "", "SECRET_KEY": secrets.token_urlsafe(48),
            "FIELD_KEY": secrets.token_urlsafe(48), "ALLOWED_HOSTS": HOST, "SITE_URL": self.url,
            "CSRF_TRUSTED_ORIGINS": self.url, "BEHIND_PROXY": "1", "ACCEL": "/_files/",
            "EMAIL_HOST": HOST, "EMAIL_PORT": str(mail), "EMAIL_HOST_USER": LOGIN,
            "EMAIL_HOST_PASSWORD": SECRET, "SMS_GATEWAY": self.post.gateway.url,
            "SMS_TOKEN": "rahasia", "SSL_CERT_FILE": str(self.certificate),
        }  # fmt: skip

    def __enter__(self):
        self.post.__enter__()
        return super().__enter__()

    def __exit__(self, *exception):
        super().__exit__(*exception)
        self.post.__exit__()

    def prepare(self):
        image(self.root)
        confirm_tariff(self.root / "imbportal" / "daerah" / "pamekasan.toml")
        prepared.copy("orang", self.folder, fill, only="static")
        self.run("deploy/run", "siapkan")
        first = ("createsuperuser", "--noinput", "--email", FIRST[0], "--name", "Pengelola")
        self.manage(*first, DJANGO_SUPERUSER_PASSWORD=FIRST[1])
        config = self.folder / "nginx.conf"
        config.write_text(nginx(self.folder, self.front, self.port, self.certificate.parent))
        self.start(
            "nginx", "-e", str(self.folder / "nginx.log"), "-c", str(config), "-g", "daemon off;"
        )

    def wait(self):
        """Ask as the container's health check does."""
        for _ in range(300):
            if self.healthy():
                return
            time.sleep(0.2)
        raise AssertionError(f"the portal does not answer\n{self.logs()}")

    def healthy(self):
        command = [self.env["PYTHON"], "deploy/healthcheck.py"]
        return not subprocess.run(
            command, cwd=self.root, env=self.env, capture_output=True
        ).returncode


def example():
    """Return the settings of ``deploy/portal.env.example``."""
    lines = (ROOT / "deploy" / "portal.env.example").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def image(target):
    """Copy what ``docker build`` would: all but what ``.dockerignore`` names."""
    left_out = [line.removeprefix("**/") for line in (ROOT / ".dockerignore").read_text().split()]
    shutil.copytree(ROOT, target, ignore=shutil.ignore_patterns(*left_out))


def confirm_tariff(rules):
    """Strike the marks of a sample out of the tariff, as an office does with its own figures."""
    before, tariff, figures = rules.read_text().partition("[[tariff]]")
    rules.write_text(before + tariff + figures.replace("contoh = true\n", ""))


def nginx(folder, front, behind, tls):
    """Return ``deploy/nginx.conf`` with the places and ports of this machine."""
    text = (ROOT / "deploy" / "nginx.conf").read_text()
    spool = "".join(
        f"{kind}_temp_path {folder}/nginx-{kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    for old, new in {
        "user nginx;": "user root;",
        "/var/log/nginx/": f"{folder}/",
        "/run/nginx.pid": f"{folder}/nginx.pid",
        "sendfile on;": f"sendfile on;\n{spool}",
        "/etc/nginx/tls/": f"{tls}/",
        "server web:8000;": f"server {HOST}:{behind};",
        "listen 80 default_server;": f"listen {HOST}:{free_port()} default_server;",
        "listen 443 ssl default_server;": f"listen {HOST}:{front} ssl http2 default_server;",
        "http2 on;": "",  # a word of nginx 1.25.1, newer than Debian's
        "/etc/nginx/pages": f"{ROOT}/deploy/pages",
        "alias /data/files/;": f"alias {folder}/files/;",
    }.items():
        assert old in text, f"deploy/nginx.conf no longer says {old}"
        text = text.replace(old, new)
    return text


def certificate(folder):
    """Make a certificate for this machine, and its key beside it; return its path."""
    folder.mkdir()
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    address = x509.IPAddress(ipaddress.ip_address(HOST))
    now = timezone.now()
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([address]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    (folder / "fullchain.pem").write_bytes(made.public_bytes(pem))
    (folder / "privkey.pem").write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return folder / "fullchain.pem"


def served(path):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(path, path.with_name("privkey.pem"))
    return context
