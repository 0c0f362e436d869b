"""Asking another server for a package. Only by command and only when allowed: a page never fetches what people type.

Every address is resolved first and the connection goes to that very address; addresses of this machine and of private
networks are refused unless allowed; redirections are not followed; size and time are limited.
"""

import http.client
import ipaddress
import socket
import ssl
import time
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from standards.case.reading import LARGEST

PATIENCE = 60
PIECE = 64 * 1024


class NotFetched(Exception):
    """Nothing was fetched. `str()` is the sentence."""


def fetch(url: str, *, private: bool = False) -> bytes:
    """The body of a GET. `private`: also from this machine and its network. Raises NotFetched."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username:
        raise NotFetched(_("This is not an address of the web: %(url)s.") % {"url": url[:200]})
    end = time.monotonic() + PATIENCE
    try:
        port = parts.port or (443 if parts.scheme == "https" else 80)
        connection = _connect(parts.scheme, parts.hostname, port, private=private)
        try:
            target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            headers = {"Accept": "application/json", "Accept-Encoding": "identity", "User-Agent": "Chuan"}
            connection.request("GET", target, headers=headers)
            return _read(connection.getresponse(), end)
        finally:
            connection.close()
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise NotFetched(
            _("%(host)s does not answer: %(reason)s.") % {"host": parts.hostname, "reason": error}
        ) from error


def _connect(scheme: str, host: str, port: int, *, private: bool) -> http.client.HTTPConnection:
    """A connection to the first address of a host; all of them must be allowed."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    for *_rest, address in found:
        if not private and not is_public(address[0]):
            sentence = _("%(host)s is on this machine or in a private network: that must be allowed first.")
            raise NotFetched(sentence % {"host": host})
    *_rest, address = found[0]
    sock = socket.create_connection(address[:2], timeout=20)
    if scheme == "https":
        sock = ssl.create_default_context().wrap_socket(sock, server_hostname=host)
    connection = http.client.HTTPConnection(host, port, timeout=20)
    connection.sock = sock
    return connection


def is_public(address: str) -> bool:
    """Whether an address belongs to the open internet."""
    ip = ipaddress.ip_address(address.split("%", maxsplit=1)[0])
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    return ip.is_global and not ip.is_multicast


def _read(response: http.client.HTTPResponse, end: float) -> bytes:
    if response.status != 200:
        sentence = _("The other server answered %(status)s instead of a package.")
        raise NotFetched(sentence % {"status": response.status})
    body = bytearray()
    while piece := response.read(PIECE):
        body += piece
        if len(body) > LARGEST:
            raise NotFetched(_("The answer is larger than %(size)s MB.") % {"size": LARGEST // 1024**2})
        if time.monotonic() > end:
            raise NotFetched(_("The other server took too long."))
    return bytes(body)
