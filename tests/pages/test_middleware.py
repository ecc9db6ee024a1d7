"""Headers on every answer; the scripts compressed once; nothing else touched."""

from __future__ import annotations

import asyncio
import gzip
from typing import Any

from dashboards.middleware import HEADERS, CompressedStatic, SecurityHeaders

SCRIPT = b"let x = 1;\n" * 500


class Files:
    """An ASGI application that serves SCRIPT under any path and counts how often it was asked."""

    def __init__(self, status: int = 200) -> None:
        self.asked = 0
        self.status = status

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.asked += 1
        headers = [(b"content-type", b"text/javascript"), (b"content-length", str(len(SCRIPT)).encode())]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": SCRIPT[:100], "more_body": True})
        await send({"type": "http.response.body", "body": SCRIPT[100:]})


def get(app: Any, path: str, headers: dict[str, str] | None = None) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of one GET."""
    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    async def receive() -> dict[str, Any]:
        return {"type": "http.request"}

    given = [(name.encode(), value.encode()) for name, value in (headers or {}).items()]
    asyncio.run(app({"type": "http", "method": "GET", "path": path, "headers": given}, receive, send))
    start = next(message for message in sent if message["type"] == "http.response.start")
    body = b"".join(message.get("body", b"") for message in sent if message["type"] == "http.response.body")
    return start["status"], {name.decode(): value.decode() for name, value in start["headers"]}, body


def test_every_answer_carries_the_security_headers() -> None:
    status, headers, body = get(SecurityHeaders(Files()), "/")
    assert (status, body) == (200, SCRIPT)
    for name, value in HEADERS.items():
        assert headers[name.lower()] == value
    assert "frame-ancestors 'none'" in headers["content-security-policy"]


def test_scripts_are_compressed_once_and_kept() -> None:
    files = Files()
    app = CompressedStatic(files)
    for _ in range(3):
        status, headers, body = get(app, "/static/js/index.abc.js", {"accept-encoding": "gzip, br"})
        assert (status, headers["content-encoding"]) == (200, "gzip")
        assert int(headers["content-length"]) == len(body) < len(SCRIPT) / 5
        assert gzip.decompress(body) == SCRIPT
    assert files.asked == 1


def test_others_pass_as_they_are() -> None:
    app = CompressedStatic(Files())
    for path, headers in (
        ("/static/js/a.js", {}),
        ("/static/js/a.js", {"accept-encoding": "gzip", "range": "bytes=0-9"}),
        ("/static/media/font.woff2", {"accept-encoding": "gzip"}),
        ("/_stcore/health", {"accept-encoding": "gzip"}),
        ("/x/static/a.js", {"accept-encoding": "gzip"}),
    ):
        _, answered, body = get(app, path, headers)
        assert "content-encoding" not in answered
        assert body == SCRIPT


def test_a_missing_script_stays_missing() -> None:
    files = Files(status=404)
    app = CompressedStatic(files)
    for _ in range(2):
        assert get(app, "/static/js/none.js", {"accept-encoding": "gzip"})[0] == 404
    assert (files.asked, app.kept) == (2, {})
