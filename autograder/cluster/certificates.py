"""A certificate authority of the cluster's own, and what it signs.

Every connection between the parts of an embedded cluster is mutual TLS, so that being on the same
machine gives nobody a right. Keys are elliptic (P-256): making the dozen that a cluster needs takes
milliseconds, where RSA takes seconds. Leaves the question of who may do what to RBAC: a certificate
here only says who somebody is (common name: the user; organisations: the groups).
"""

from __future__ import annotations

import datetime
import ipaddress
import os
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

_VALID_FOR = datetime.timedelta(days=3650)
_CLOCK_SKEW = datetime.timedelta(minutes=5)


@dataclass(frozen=True)
class KeyPair:
    """Where a certificate and its private key lie."""

    certificate: Path
    """PEM, world-readable."""
    key: Path
    """PEM, readable by the owner alone."""


class Authority:
    """Signs certificates; keeps what it has signed in one directory and never signs a name twice.

    Args:
        directory: made when missing, with no rights for others.
        name: the common name of the authority's own certificate.
    """

    def __init__(self, directory: Path, name: str) -> None:
        directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.directory = directory
        self.pair = _pair(directory, name)
        if (kept := _whole(self.pair)) is not None:
            self._certificate, self._key = kept
            return
        self._key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        self._certificate = (
            _builder(subject, subject, self._key.public_key())
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
            .add_extension(_usage(signs_certificates=True), critical=True)
            .sign(self._key, hashes.SHA256())
        )
        _save(self.pair, self._key, self._certificate)

    def sign(
        self,
        name: str,
        *,
        user: str,
        groups: tuple[str, ...] = (),
        addresses: tuple[str, ...] = (),
        into: Path | None = None,
    ) -> KeyPair:
        """A certificate for `user`, usable by clients and, where `addresses` are given, by a server.

        Args:
            name: of the two files.
            addresses: IP addresses and DNS names that a server answers under.
            into: where the two files lie, if not beside the authority's own.
        """
        pair = _pair(into or self.directory, name)
        if self._has_signed(pair, addresses):
            return pair
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name(
            [x509.NameAttribute(NameOID.ORGANIZATION_NAME, group) for group in groups]
            + [x509.NameAttribute(NameOID.COMMON_NAME, user)]
        )
        purposes = [ExtendedKeyUsageOID.CLIENT_AUTH]
        builder = _builder(subject, self._certificate.subject, key.public_key()).add_extension(
            _usage(signs_certificates=False), critical=True
        )
        if addresses:
            purposes.append(ExtendedKeyUsageOID.SERVER_AUTH)
            builder = builder.add_extension(
                x509.SubjectAlternativeName([_general_name(each) for each in addresses]), critical=False
            )
        certificate = builder.add_extension(x509.ExtendedKeyUsage(purposes), critical=False).sign(
            self._key, hashes.SHA256()
        )
        _save(pair, key, certificate)
        return pair

    def _has_signed(self, pair: KeyPair, addresses: tuple[str, ...]) -> bool:
        """Whether the pair is whole, of this authority, and good for the addresses."""
        kept = _whole(pair)
        if kept is None:
            return False
        certificate, _ = kept
        try:
            certificate.verify_directly_issued_by(self._certificate)
            if not addresses:
                return True
            named = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        except (ValueError, TypeError, InvalidSignature, x509.ExtensionNotFound):
            return False
        return {_general_name(each) for each in addresses} <= set(named)


def signing_key(directory: Path, name: str) -> KeyPair:
    """A bare key pair, with which the API server signs ServiceAccount tokens."""
    pair = KeyPair(certificate=directory / f"{name}.pub", key=directory / f"{name}.key")
    if not _matches(pair):
        key = ec.generate_private_key(ec.SECP256R1())
        _write(pair.key, _key_pem(key))
        public = key.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        _write(pair.certificate, public)
    return pair


def _pair(directory: Path, name: str) -> KeyPair:
    return KeyPair(certificate=directory / f"{name}.crt", key=directory / f"{name}.key")


def _whole(pair: KeyPair) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey] | None:
    """Certificate and key, where both are there, readable and belong together."""
    try:
        certificate = x509.load_pem_x509_certificate(pair.certificate.read_bytes())
        key = _load_key(pair.key)
        return (certificate, key) if certificate.public_key() == key.public_key() else None
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm):
        return None


def _matches(pair: KeyPair) -> bool:
    """Whether both halves of a bare key pair are whole and belong together."""
    try:
        public = serialization.load_pem_public_key(pair.certificate.read_bytes())
        return public == _load_key(pair.key).public_key()
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm):
        return False


def _load_key(path: Path) -> ec.EllipticCurvePrivateKey:
    key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise TypeError(f"{path} was not made here")
    return key


def _builder(subject: x509.Name, issuer: x509.Name, public_key: ec.EllipticCurvePublicKey) -> x509.CertificateBuilder:
    now = datetime.datetime.now(datetime.UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public_key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _CLOCK_SKEW)
        .not_valid_after(now + _VALID_FOR)
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _general_name(address: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(address))
    except ValueError:
        return x509.DNSName(address)


def _key_pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _save(pair: KeyPair, key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate) -> None:
    # The key first: a certificate that exists stands for a pair that is whole.
    _write(pair.key, _key_pem(key))
    _write(pair.certificate, certificate.public_bytes(serialization.Encoding.PEM))


def _write(path: Path, content: bytes) -> None:
    part = path.with_name(path.name + ".part")
    with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
    part.replace(path)
