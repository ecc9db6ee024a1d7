"""Visits without a browser: Streamlit's own messages over its websocket, so that twenty cost little themselves."""

from __future__ import annotations

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


class Visit:
    """One session. The page is named as its address names it: '' for the overview."""

    def __init__(self, port: int) -> None:
        self._socket = connect(
            f"ws://127.0.0.1:{port}/_stcore/stream",
            subprotocols=["streamlit"],  # type: ignore[list-item]  a NewType of str
            max_size=None,
            compression=None,
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
        began = time.perf_counter()
        self._socket.send(asked.SerializeToString())
        total = 0
        while True:
            data = self._socket.recv(timeout=_PATIENCE)
            assert isinstance(data, bytes)
            total += len(data)
            told: Any = ForwardMsg.FromString(data)
            kind = told.WhichOneof("type")
            if kind == "delta" and told.delta.new_element.WhichOneof("type") == "exception":
                raise RuntimeError(f"{page}?{query}: {told.delta.new_element.exception.message}")
            if kind == "script_finished":
                return Rerun(total, time.perf_counter() - began)
