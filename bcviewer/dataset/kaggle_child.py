"""The process that fetches the data set of Kaggle; its last line says how that ended, as JSON."""

from __future__ import annotations

import errno
import importlib
import json
import sys

from bcviewer.dataset.kaggle import HANDLE

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EPERM, errno.EROFS)
NETWORK = {
    "ConnectionError",
    "ConnectTimeout",
    "ReadTimeout",
    "Timeout",
    "ProxyError",
    "SSLError",
    "ChunkedEncodingError",
    "NewConnectionError",
    "MaxRetryError",
}
CREDENTIALS = {"CredentialError", "UnauthenticatedError"}


def main() -> int:
    """Fetch the data set; the exit code is 0 when it is there."""
    try:
        hub = importlib.import_module("kagglehub")
        folder = hub.dataset_download(HANDLE)
    except ModuleNotFoundError as error:
        return _fail("missing" if error.name == "kagglehub" else "other", error)
    except Exception as error:  # noqa: BLE001  (the border to another's code)
        return _fail(kind_of(error), error)
    _say({"folder": str(folder)})
    return 0


def kind_of(error: BaseException) -> str:
    """What went wrong: "network", "credentials", "disk" or "other"."""
    names = {parent.__name__ for parent in type(error).__mro__}
    if names & NETWORK:
        return "network"
    if names & CREDENTIALS or getattr(getattr(error, "response", None), "status_code", 0) in (
        401,
        403,
    ):
        return "credentials"
    if isinstance(error, OSError) and error.errno in FULL:
        return "disk"
    return "other"


def _fail(kind: str, error: BaseException) -> int:
    # The network's errors quote addresses and objects, which help nobody.
    why = "" if kind in ("network", "missing", "credentials") else str(error).split("\n")[0][:200]
    _say({"failed": kind, "why": why})
    return 1


def _say(told: dict[str, str]) -> None:
    sys.stdout.write("\n" + json.dumps(told) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
