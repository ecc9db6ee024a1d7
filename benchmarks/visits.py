"""Visits without a browser: Streamlit's own messages over its websocket, so that twenty cost little themselves."""

from __future__ import annotations

import socket
import time
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

_PATIENCE = 120.0


@dataclass(frozen=True)
class Rerun:
    """What one run of a page sent and how long it took, from asking to the message that it has finished."""

    sent_bytes: int
    seconds: float


class _Counted(socket.socket):
    """Counts what comes over the wire, compressed as it is."""

    received = 0

    def recv(self, *given: Any) -> bytes:
        """As the socket's own."""
        data = super().recv(*given)
        self.received += len(data)
        return data


class Visit:
    """One session, which keeps what may be kept as a browser does. The page is named as its address names it: '' for
    the overview."""

    def __init__(self, port: int) -> None:
        self._wire = _Counted(socket.AF_INET, socket.SOCK_STREAM)
        self._wire.connect(("127.0.0.1", port))
        self._kept: set[str] = set()
        self._socket = connect(
            f"ws://127.0.0.1:{port}/_stcore/stream",
            sock=self._wire,
            subprotocols=["streamlit"],  # type: ignore[list-item]  a NewType of str
            max_size=None,
        )

    def __enter__(self) -> Visit:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._socket.close()

    def run(self, page: str, query: str) -> Rerun:
        """Run a page with these query parameters. Raises RuntimeError where the page ends with an exception."""
        asked: Any = BackMsg()
        asked.rerun_script.query_string = query
        asked.rerun_script.page_name = page
        asked.rerun_script.cached_message_hashes.extend(self._kept)
        before, began = self._wire.received, time.perf_counter()
        self._socket.send(asked.SerializeToString())
        while True:
            data = self._socket.recv(timeout=_PATIENCE)
            assert isinstance(data, bytes)
            told: Any = ForwardMsg.FromString(data)
            if told.metadata.cacheable:
                self._kept.add(told.hash)
            kind = told.WhichOneof("type")
            if kind == "delta" and told.delta.new_element.WhichOneof("type") == "exception":
                raise RuntimeError(f"{page}?{query}: {told.delta.new_element.exception.message}")
            if kind == "script_finished":
                return Rerun(self._wire.received - before, time.perf_counter() - began)
