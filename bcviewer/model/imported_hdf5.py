"""HDF5 files of others, read with care: no links that lead out, no giants, numbers only."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from bcviewer.model.imported_plan import refused

MOST_BYTES = 2**29
"""Of all weights together; MobileNetV2 has 14 MB, and the largest networks of their time 550 MB."""

MOST_NAMES = 20_000
MAGIC = b"\x89HDF\r\n\x1a\n"
DAMAGED = "The file is damaged."


class Group:
    """A group of an HDF5 file; what it holds is reached by name only, step by step."""

    def __init__(self, group: Any) -> None:
        self._group = group

    def names(self) -> list[str]:
        """What it holds.

        Raises:
            ModelError: It is too much.
        """
        if len(self._group) > MOST_NAMES:
            raise refused("The file holds more parts than any network has.")
        return [str(name) for name in self._group]

    def group(self, name: str) -> Group | None:
        """The group of that name in it; None without one.

        Raises:
            ModelError: It is a link to elsewhere.
        """
        found = self._found(name)
        return Group(found) if found is not None and hasattr(found, "keys") else None

    def array(self, name: str) -> NDArray[np.float32]:
        """The numbers of that name; slashes go into groups.

        Raises:
            ModelError: There are none, they are no plain numbers, or too many.
        """
        at: Group | None = self
        *folders, last = name.split("/")
        for folder in folders:
            at = at.group(folder) if at is not None else None
        found = at._found(last) if at is not None else None
        if found is None or not hasattr(found, "dtype") or hasattr(found, "keys"):
            raise refused(f"The file lacks the weights {name[:100]!r}. {DAMAGED}")
        _check_array(found, name)
        return np.asarray(found[()], np.float32)

    def texts(self, name: str) -> list[str] | None:
        """A list of texts in an attribute, which Keras splits when it is long; None without one."""
        attributes = self._group.attrs
        if name in attributes:
            return _texts(attributes[name])
        parts: list[str] = []
        while f"{name}{len(parts)}" in attributes and len(parts) < MOST_NAMES:
            parts.append(f"{name}{len(parts)}")
        if not parts:
            return None
        return [text for part in parts for text in _texts(attributes[part])]

    def text(self, name: str) -> str | None:
        """A text in an attribute; None without one."""
        found = _texts(self._group.attrs[name]) if name in self._group.attrs else []
        return found[0] if len(found) == 1 else None

    def _found(self, name: str) -> Any:
        import h5py

        if name in ("", ".", "..") or name not in self._group:
            return None
        # A soft or external link would lead elsewhere, perhaps to another file.
        if not isinstance(self._group.get(name, getlink=True), h5py.HardLink):
            raise refused(f"The file has a link at {name[:100]!r}, which is not followed.")
        return self._group[name]


def check_tree(root: Any) -> None:
    """Look whether all of an HDF5 file lies in it: before others read it who follow links.

    Args:
        root: The file, an ``h5py.File``.

    Raises:
        ModelError: It has links, arrays in other files, or too much.
    """
    import h5py

    waiting, seen = [root], set()
    while waiting:
        group = waiting.pop()
        at = h5py.h5o.get_info(group.id).addr
        if at in seen:  # a group may lie in itself
            continue
        seen.add(at)
        for name in Group(group).names():
            if not isinstance(group.get(name, getlink=True), h5py.HardLink):
                raise refused(f"The file has a link at {name[:100]!r}, which is not followed.")
            found = group[name]
            if hasattr(found, "keys"):
                waiting.append(found)
            elif hasattr(found, "dtype"):
                _check_place(found, name)
        if len(seen) + len(waiting) > MOST_NAMES:
            raise refused("The file holds more parts than any network has.")


def _check_array(found: Any, name: str) -> None:
    if found.dtype.kind != "f" or found.dtype.itemsize > 8 or found.shape is None:
        raise refused(f"The weights {name[:100]!r} are no plain numbers.")
    _check_place(found, name)


def _check_place(found: Any, name: str) -> None:
    if found.external or found.is_virtual:
        raise refused(f"The weights {name[:100]!r} lie in another file, which is not opened.")
    # What is declared to hold nothing has no size.
    if found.size is not None and found.size * found.dtype.itemsize > MOST_BYTES:
        raise refused(f"The weights {name[:100]!r} are {found.size:,} numbers: too many.")


def _texts(value: Any) -> list[str]:
    entries = value.ravel().tolist() if isinstance(value, np.ndarray | np.generic) else [value]
    if len(entries) > MOST_NAMES:
        raise refused("The file holds more names than any network has.")
    texts = []
    for entry in entries if isinstance(entries, list) else [entries]:
        text = entry.decode("utf-8") if isinstance(entry, bytes) else entry
        if not isinstance(text, str):
            raise refused(f"The file has something else where a text is expected. {DAMAGED}")
        texts.append(text)
    return texts
