"""A running Maillage, as a person starts it: the command, a folder, an address."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def served(command: Sequence[str | Path], home: Path, *, seconds: float = 60, **environment: str) -> Iterator[str]:
    """
    Start `maillage serve` on the installation in ``home``, give its address once it answers, stop it at the end.

    :raises RuntimeError: it stopped, or did not answer in time; the text is what it printed.
    """
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("MAILLAGE_", "DJANGO_"))}
    log = home / "serve.log"
    home.mkdir(parents=True, exist_ok=True)
    with log.open("w") as lines:
        server = subprocess.Popen(
            [*command, "serve", "--port", str(port)],
            env={**kept, "MAILLAGE_HOME": str(home), **environment},
            cwd=home,
            stdout=lines,
            stderr=lines,
            start_new_session=True,
        )
    try:
        limit = time.monotonic() + seconds
        while not _answers(f"{address}/sante/"):
            if server.poll() is not None or time.monotonic() > limit:
                raise RuntimeError(log.read_text())
            time.sleep(0.1)
        yield address
    finally:
        server.terminate()
        try:
            server.wait(timeout=30)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()
            raise


def _answers(address: str) -> bool:
    try:
        with urlopen(address, timeout=5) as answer:
            return answer.status == 200
    except HTTPError:
        raise
    except (URLError, OSError):
        return False
