"""Whether a window can be shown, found out before Qt is asked: Qt would abort the process.

Only on Linux can this go wrong in ways that we can name: no display, or a missing library of X.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import re
import sys
from contextlib import suppress
from pathlib import Path

from bcviewer.errors import DisplayError

# The Debian packages of the libraries that Qt's xcb plugin needs and that often are not there.
PACKAGES = {
    "libEGL.so": "libegl1",
    "libGL.so": "libgl1",
    "libX11-xcb.so": "libx11-xcb1",
    "libdbus-1.so": "libdbus-1-3",
    "libfontconfig.so": "libfontconfig1",
    "libxcb-cursor.so": "libxcb-cursor0",
    "libxcb-glx.so": "libxcb-glx0",
    "libxcb-icccm.so": "libxcb-icccm4",
    "libxcb-image.so": "libxcb-image0",
    "libxcb-keysyms.so": "libxcb-keysyms1",
    "libxcb-render-util.so": "libxcb-render-util0",
    "libxcb-util.so": "libxcb-util1",
    "libxcb-xkb.so": "libxcb-xkb1",
    "libxcb.so": "libxcb1",
    "libxkbcommon-x11.so": "libxkbcommon-x11-0",
    "libxkbcommon.so": "libxkbcommon0",
}
NO_SCREEN_NEEDED = ("offscreen", "minimal", "vnc", "linuxfb", "eglfs")


def check_display() -> None:
    """Find out whether Qt will be able to show a window.

    Raises:
        DisplayError: It will not; the text says which package or setting helps.
    """
    if not sys.platform.startswith("linux"):
        return
    platform = os.environ.get("QT_QPA_PLATFORM", "").split(":")[0].split(";")[0]
    _check_library("QtGui", None)
    if platform in NO_SCREEN_NEEDED:
        return
    wayland = bool(os.environ.get("WAYLAND_DISPLAY"))
    if platform == "wayland" or (wayland and platform != "xcb"):
        return
    if not os.environ.get("DISPLAY"):
        raise DisplayError(
            "There is no display to show a window on (DISPLAY is not set).",
            hint="Start bcviewer on a desktop, through ssh -X, or under xvfb-run; every command "
            "but gui works without a display.",
        )
    _check_library("the xcb platform", "platforms/libqxcb.so")
    _check_connection()


def _check_library(what: str, plugin: str | None) -> None:
    """Load a library of Qt as Qt would, to learn the name of a library that it lacks."""
    found = importlib.util.find_spec("PySide6")
    if found is None or not found.submodule_search_locations:
        raise DisplayError(
            "PySide6 is not installed.", hint="Install bcviewer with its dependencies."
        )
    qt = Path(next(iter(found.submodule_search_locations))) / "Qt"
    library = qt / "lib" / "libQt6Gui.so.6" if plugin is None else qt / "plugins" / plugin
    if not library.exists():  # a Qt of the system's own: it knows where its parts are
        return
    try:
        ctypes.CDLL(str(library))
    except OSError as error:
        missing = _missing_library(str(error))
        raise DisplayError(
            f"The library {missing} is missing, which {what} of Qt needs.",
            hint=_how_to_install(missing),
        ) from error


def _missing_library(message: str) -> str:
    match = re.match(r"(lib[^:\s]+)", message)
    return match.group(1) if match else message


def _how_to_install(library: str) -> str:
    stem = library.split(".so")[0] + ".so"
    package = PACKAGES.get(stem)
    if package is None:
        return "Install the package of your system that has it."
    return f"On Debian or Ubuntu: sudo apt-get install {package}"


def _check_connection() -> None:
    display = os.environ["DISPLAY"]
    with suppress(OSError, AttributeError):  # without libxcb of its own name, Qt must try
        xcb = ctypes.CDLL("libxcb.so.1")
        xcb.xcb_connect.restype = ctypes.c_void_p
        connection = ctypes.c_void_p(xcb.xcb_connect(display.encode(), None))
        failed = xcb.xcb_connection_has_error(connection)
        xcb.xcb_disconnect(connection)
        if failed:
            raise DisplayError(
                f"The display {display} cannot be reached.",
                hint="Check DISPLAY, and that you may use it (xhost, ssh -X), or use xvfb-run.",
            )
