"""What Streamlit does not send by itself: security headers, and its own scripts compressed."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING, Any

from starlette.datastructures import Headers, MutableHeaders

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; "
        "style-src 'self' 'unsafe-inline'; font-src 'self' data:; img-src 'self' data: blob:; "
        "connect-src 'self' ws: wss:; worker-src 'self' blob:; frame-ancestors 'none'; "
        "base-uri 'self'; form-action 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
KEPT_FILES = 600
TEXT_SUFFIXES = (".js", ".css", ".svg", ".json", ".html")


class SecurityHeaders:
    """Adds HEADERS to every response."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI entry."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
            await send(message)

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)


class CompressedStatic:
    """Serves /static/ text with gzip, compressed once and kept: the files' names carry their hash.

    Streamlit leaves these uncompressed because compressing anew for each visitor costs too much (10 MB, 3.3 MB with
    gzip); kept in memory it costs once.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.kept: dict[str, tuple[list[tuple[bytes, bytes]], bytes]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI entry."""
        if not _may_compress(scope):
            await self.app(scope, receive, send)
            return
        path = scope["path"]
        if path not in self.kept:
            answer = _Collected()
            await self.app(scope, receive, answer.take)
            if answer.status != 200 or answer.is_encoded or len(self.kept) >= KEPT_FILES:
                await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
                await send({"type": "http.response.body", "body": bytes(answer.body)})
                return
            self.kept[path] = answer.compressed()
        headers, body = self.kept[path]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})


class _Collected:
    """A response held back until it is whole."""

    def __init__(self) -> None:
        self.status = 500
        self.headers: list[tuple[bytes, bytes]] = []
        self.body = bytearray()

    async def take(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            self.status, self.headers = message["status"], list(message["headers"])
        elif message["type"] == "http.response.body":
            self.body += message.get("body", b"")

    @property
    def is_encoded(self) -> bool:
        return any(name == b"content-encoding" for name, _ in self.headers)

    def compressed(self) -> tuple[list[tuple[bytes, bytes]], bytes]:
        body = gzip.compress(bytes(self.body), compresslevel=9, mtime=0)
        kept = [(name, value) for name, value in self.headers if name not in (b"content-length", b"accept-ranges")]
        length = (b"content-length", str(len(body)).encode())
        return [*kept, (b"content-encoding", b"gzip"), (b"vary", b"Accept-Encoding"), length], body


def _may_compress(scope: Scope) -> bool:
    if scope["type"] != "http" or scope["method"] != "GET" or not scope["path"].startswith("/static/"):
        return False
    headers = Headers(scope=scope)
    conditional = any(name in headers for name in ("range", "if-none-match", "if-modified-since"))
    wanted = "gzip" in headers.get("accept-encoding", "")
    return wanted and not conditional and scope["path"].endswith(TEXT_SUFFIXES)
