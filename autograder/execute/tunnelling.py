"""From a sandbox's relay to an API server behind an HTTP proxy: the tunnel that the proxy opens on request.

The proxy's address and password stay on this side: a sandbox sees the API server and nothing of the way.
"""

from __future__ import annotations

import asyncio
import ssl

from autograder.cluster import proxies
from autograder.deadlines import scaled
from autograder.execute.relay import Dial, Streams

_ANSWER_BYTES = 16_384
_DIAL_S = 10.0


def dial_through(proxy: str, host: str, port: int) -> Dial:
    """Connections to one address and no other, through a proxy (an http or https URL)."""

    async def dial() -> Streams:
        return await asyncio.wait_for(_tunnel(proxy, host, port), timeout=scaled(_DIAL_S))

    return dial


async def _tunnel(proxy: str, host: str, port: int) -> Streams:
    proxy_host, proxy_port, secure = proxies.address(proxy)
    tls = ssl.create_default_context() if secure else None
    reader, writer = await asyncio.open_connection(proxy_host, proxy_port, ssl=tls, limit=_ANSWER_BYTES)
    try:
        target = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        lines = [f"CONNECT {target} HTTP/1.1", f"Host: {target}"]
        lines += [f"{name}: {value}" for name, value in proxies.headers(proxy).items()]
        writer.write(("\r\n".join(lines) + "\r\n\r\n").encode())
        answer = await reader.readuntil(b"\r\n\r\n")
        status = answer.split(b" ", 2)[1:2]
        if status != [b"200"]:
            raise ConnectionRefusedError(f"the proxy answered {status}")
    except (asyncio.IncompleteReadError, asyncio.LimitOverrunError) as error:
        writer.transport.abort()
        raise ConnectionRefusedError("the proxy answered something else") from error
    except BaseException:
        writer.transport.abort()
        raise
    return reader, writer
