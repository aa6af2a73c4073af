"""A proxy that ends TLS, as somebody puts it before the gateway: nginx with a certificate of its own authority."""

import os
import ssl
import subprocess
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from stack.gateway import process
from tests.trial_gateway import wait_for

ADDRESS = "127.0.0.9"
"""Where the proxy's own connections come from: what TRUSTED_PROXIES names."""
CONFIGURATION = """
daemon off;
pid nginx.pid;
error_log stderr crit;
events {{}}
http {{
    access_log off;
    client_body_temp_path body;
    proxy_temp_path proxy;
    fastcgi_temp_path fastcgi;
    uwsgi_temp_path uwsgi;
    scgi_temp_path scgi;
    map $http_upgrade $connection_upgrade {{ default upgrade; "" ""; }}
    server {{
        listen 127.0.0.1:{port} ssl;
        ssl_certificate certificate.pem;
        ssl_certificate_key key.pem;
        location / {{
            proxy_pass http://127.0.0.1:{gateway};
            proxy_bind {address};
            proxy_http_version 1.1;
            proxy_set_header Host $http_host;
            proxy_set_header Upgrade $http_upgrade;
            proxy_set_header Connection $connection_upgrade;
            proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
            proxy_set_header X-Forwarded-Proto https;
            proxy_set_header X-Forwarded-Host $http_host;
            proxy_set_header X-Forwarded-Port {port};
        }}
    }}
}}
"""


def certify(folder: Path, *names: str) -> None:
    """Writes `certificate.pem` and `key.pem` for these DNS names, signed by themselves and good for an hour."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, names[0])])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(x509.random_serial_number())
    builder = builder.not_valid_before(now - timedelta(minutes=5)).not_valid_after(now + timedelta(hours=1))
    builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(one) for one in names]), critical=False)
    certificate = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True).sign(
        key, hashes.SHA256()
    )
    (folder / "certificate.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (folder / "key.pem").write_bytes(key.private_bytes(serialization.Encoding.PEM, *plain))


@contextmanager
def tls_proxy(folder: Path, port: int, gateway: int, *names: str) -> Generator[ssl.SSLContext]:
    """Runs it at `port` before the gateway at that port of this machine; gives what trusts its certificate."""
    certify(folder, *names)
    (folder / "conf").mkdir()
    text = CONFIGURATION.format(port=port, gateway=gateway, address=ADDRESS)
    (folder / "conf/nginx.conf").write_text(
        text.replace(" certificate.pem", f" {folder}/certificate.pem").replace(" key.pem", f" {folder}/key.pem")
    )
    owner = ["-g", "user root;"] if os.geteuid() == 0 else []
    server = subprocess.Popen([*process.command(folder), *owner], cwd=folder)
    try:
        wait_for(port, server)
        yield ssl.create_default_context(cafile=str(folder / "certificate.pem"))
    finally:
        server.terminate()
        server.wait(10)
