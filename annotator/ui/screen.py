"""Whether Qt can open a window here, told before Qt is imported: it ends the process when it finds that it cannot.

Imports no Qt, so that the command line may ask too.
"""

from __future__ import annotations

import ctypes
import os
import socket
import sys
from collections.abc import Mapping
from pathlib import Path

# Shared library -> the Debian package that holds it; read off PySide6 6.11.3 with `readelf -d`.
DRAWING = {  # what importing QtWidgets needs, also when nothing is shown
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libX11.so.6": "libx11-6",
}
X11 = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
WAYLAND = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
}
PLATFORMS: dict[str, Mapping[str, str]] = {"xcb": X11, "wayland": WAYLAND}


def has_screen() -> bool:
    """Whether there is something to draw windows on; a platform that needs no display (`offscreen`) counts."""
    return not sys.platform.startswith("linux") or bool(_platforms())


def missing_libraries(wanted: Mapping[str, str]) -> list[str]:
    """The packages (values of `wanted`) whose shared libraries (keys) do not load; sorted, each once."""
    return sorted({package for library, package in wanted.items() if not _loads(library)})


def missing_screen_libraries() -> list[str]:
    """The Debian packages that Qt lacks to show a window here, sorted; always empty off Linux.

    Where both Wayland and X11 are offered, one of them suffices; without a screen only what drawing needs is named.
    """
    if not sys.platform.startswith("linux"):
        return []
    ways = [missing_libraries(PLATFORMS.get(platform, {})) for platform in _platforms()]
    return sorted(missing_libraries(DRAWING) + min(ways, key=len, default=[]))


def screen_problem() -> str:
    """Why no window can open here and what to do, in one line; empty when all is well."""
    if not has_screen():
        return (
            "There is no screen here (neither DISPLAY nor WAYLAND_DISPLAY names one). "
            "Use the command line (annotator --help), or a picture: annotator demo --screenshot label.png"
        )
    if missing := missing_screen_libraries():
        return _lacking(missing)
    if sys.platform.startswith("linux") and not any(_answers(platform) for platform in _platforms()):
        return (
            f"The screen that {_named_screen()} does not answer. "
            "Name one that does, or unset it to work without a window."
        )
    return ""


def drawing_problem() -> str:
    """Why Qt cannot even draw a picture here (no display needed) and what to do, in one line; empty when it can."""
    missing = missing_libraries(DRAWING) if sys.platform.startswith("linux") else []
    return _lacking(missing) if missing else ""


def _lacking(packages: list[str]) -> str:
    names = " ".join(packages)
    return f"Qt needs libraries that this machine lacks. Install them: sudo apt-get install {names}"


def _platforms() -> list[str]:
    # Qt takes the platforms that QT_QPA_PLATFORM lists; else Wayland where there is one, and then X11.
    wanted = [name.split(":")[0] for name in os.environ.get("QT_QPA_PLATFORM", "").split(";") if name]
    has_display = {"xcb": bool(os.environ.get("DISPLAY")), "wayland": bool(os.environ.get("WAYLAND_DISPLAY"))}
    return [name for name in wanted or ["wayland", "xcb"] if has_display.get(name.removesuffix("-egl"), True)]


def _named_screen() -> str:
    screens = [f"{name}={os.environ[name]}" for name in ("WAYLAND_DISPLAY", "DISPLAY") if os.environ.get(name)]
    return " and ".join(screens) + (" name" if len(screens) > 1 else " names")


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _answers(platform: str) -> bool:
    if missing_libraries(PLATFORMS.get(platform, {})):
        return False
    return {"xcb": _x_server_answers, "wayland": _wayland_answers}.get(platform, lambda: True)()


def _x_server_answers() -> bool:
    # XCB's own connect also knows about access rights, which a bare socket would not.
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    has_error = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return not has_error


def _wayland_answers() -> bool:
    path = Path(os.environ.get("XDG_RUNTIME_DIR", "/")) / os.environ.get("WAYLAND_DISPLAY", "wayland-0")
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
        try:
            client.connect(str(path))
        except OSError:
            return False
    return True
