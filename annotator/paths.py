"""Where the program's own files lie: resources, seeds, exports, and the user's folders."""

from __future__ import annotations

from pathlib import Path

import platformdirs

_PACKAGE = Path(__file__).resolve().parent
_APP = "annotator"


def _shipped(folder: str) -> Path:
    # In a wheel the data lies inside the package, in a checkout beside it.
    inside = _PACKAGE / folder
    return inside if inside.is_dir() else _PACKAGE.parent / folder


def resources() -> Path:
    """The folder of themes, icons, fonts and codebooks."""
    return _shipped("resources")


def seeds() -> Path:
    """The folder of the two source articles and the demo codebook."""
    return _shipped("seeds")


def data_dir() -> Path:
    """The user's data folder (backups, keys, the log); it need not exist yet."""
    return Path(platformdirs.user_data_dir(_APP, appauthor=False))


def config_dir() -> Path:
    """The user's settings folder; it need not exist yet."""
    return Path(platformdirs.user_config_dir(_APP, appauthor=False))


def tagger_folder(name: str) -> Path:
    """Where a tagger lies: a path as it is, a bare name in the user's data folder."""
    path = Path(name)
    return data_dir() / "taggers" / name if len(path.parts) == 1 and name not in (".", "..") else path.absolute()


def pipelines_dir() -> Path:
    """The folder of the pipelines that were trained here; it need not exist yet."""
    return data_dir() / "pipelines"


def pipeline_folder(name: str) -> Path | None:
    """Where a trained pipeline of that name lies; `None` for what is no name: no path of a project is ever loaded."""
    is_name = len(Path(name).parts) == 1 and name not in (".", "..") and not set(name) & set("/\\:")
    return pipelines_dir() / name if is_name else None
