"""A real Chromium without a window, driven over the pipe of its debugging protocol, so that no library is needed."""

from __future__ import annotations

import base64
import json
import os
import select
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

# Without them, Chromium looks for updates and services of its maker at every start.
_QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--disable-extensions", "--hide-scrollbars",
)  # fmt: skip
_PATIENCE_SECONDS = 60.0


class Chromium:
    """One page of a browser; a context manager that ends it."""

    def __init__(self, program: str, folder: Path, *, width: int = 1300, height: int = 850) -> None:
        to_read, self._commands = os.pipe()
        self._answers, to_write = os.pipe()
        arguments = [program, *_QUIET, f"--user-data-dir={folder / 'profile'}", f"--window-size={width},{height}"]
        # The protocol's pipe has to be the descriptors 3 and 4.
        script = f'exec 3<&{to_read} 4>&{to_write}; exec "$@"'
        self._process = subprocess.Popen(
            ["bash", "-c", script, "bash", *arguments, "--remote-debugging-pipe", "about:blank"],
            pass_fds=(to_read, to_write),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(to_read)
        os.close(to_write)
        self._buffer: bytes = b""
        self._number = 0
        self._session = ""
        self.events: list[dict[str, Any]] = []
        """What the page has done so far: its requests, errors and dialogs among them."""

    def __enter__(self) -> Chromium:
        targets = self._until(lambda: [t for t in self.call("Target.getTargets")["targetInfos"] if t["type"] == "page"])
        attached = self.call("Target.attachToTarget", targetId=targets[0]["targetId"], flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Network", "Runtime", "Log"):
            self.call(f"{domain}.enable")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._commands)
        os.close(self._answers)

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Send a command of the protocol and return its result."""
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._commands, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._receive()
            if answer.get("id") == self._number:
                assert "error" not in answer, answer
                result: dict[str, Any] = answer["result"]
                return result
            self.events.append(answer)

    def open(self, path: Path) -> None:
        """Open a file, and wait until its script has drawn the map."""
        self.call("Page.navigate", url=path.as_uri())
        self._until(lambda: self.evaluate("document.querySelectorAll('#map svg path, #map canvas').length > 0"))

    def evaluate(self, expression: str) -> Any:
        """Return the value of an expression in the page."""
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def point_at(self, x: float, y: float) -> None:
        """Move the pointer to a point of the window."""
        for step in (-2, 0):
            self.call("Input.dispatchMouseEvent", type="mouseMoved", x=x + step, y=y + step)

    def screenshot(self, path: Path) -> None:
        """Save what is shown."""
        path.write_bytes(base64.b64decode(self.call("Page.captureScreenshot")["data"]))

    def happened(self, method: str) -> list[Mapping[str, Any]]:
        """Return the events of one kind."""
        return [event["params"] for event in self.events if event.get("method") == method]

    def _receive(self) -> dict[str, Any]:
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while b"\0" not in self._buffer:
            ready, *__ = select.select([self._answers], [], [], max(0.0, deadline - time.monotonic()))
            assert ready, "Chromium does not answer"
            piece: bytes = os.read(self._answers, 1 << 20)
            assert piece, "Chromium has ended"
            self._buffer += piece
        message, _end, self._buffer = self._buffer.partition(b"\0")
        answer: dict[str, Any] = json.loads(message)
        return answer

    def _until(self, found: Any) -> Any:
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while not (result := found()):
            assert time.monotonic() < deadline, "the page does not become ready"
            time.sleep(0.05)
        return result
