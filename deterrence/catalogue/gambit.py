"""Gambit's game files as models: `.efg` and `.nfg` by path, wherever a model file can stand.

The file is read exactly (`gambit_read`, `gambit_tables`) and written as the text of a model file, so that
`show --toml` prints what was understood, and the text can be kept and given symbols.
Source: [GambitFormats].
"""

from __future__ import annotations

from pathlib import Path

from deterrence.catalogue.entries import MAX_BYTES, MAX_NODES
from deterrence.catalogue.gambit_read import parse_efg
from deterrence.catalogue.gambit_tables import parse_nfg
from deterrence.catalogue.gambit_words import GambitGame
from deterrence.catalogue.model_text import model_text
from deterrence.errors import GameError
from deterrence.games.tree import ExtensiveForm

READERS = {".efg": parse_efg, ".nfg": parse_nfg}


def is_gambit_file(path: str | Path) -> bool:
    """Whether a path ends like one of Gambit's files.

    >>> is_gambit_file("games/horse.efg"), is_gambit_file("horse.toml")
    (True, False)
    """
    return Path(path).suffix.lower() in READERS


def read_gambit_file(path: str | Path) -> GambitGame:
    """The game in a file, with its title and comment.

    Raises OSError where the file cannot be opened, GameError with path and line for what cannot be read.
    """
    path = Path(path)
    if not path.is_file():
        raise GameError(f"{path}: there is no such file; give the path of an .efg or .nfg file")
    try:
        text = path.read_bytes().decode("utf-8", errors="replace")
        return READERS[path.suffix.lower()](text)
    except GameError as fault:
        raise GameError(f"{path}: {fault}") from None


def gambit_model_text(path: str | Path) -> str:
    """The text of the model file that says the same as a file of Gambit's; errors as `read_gambit_file`.

    Raises GameError too for a game larger than a model file may be.
    """
    found = read_gambit_file(path)
    if isinstance(found.game, ExtensiveForm) and len(found.game.nodes) > MAX_NODES:
        raise GameError(
            f"{path}: the tree has {len(found.game.nodes)} nodes where somebody moves, and a model at most "
            f"{MAX_NODES}; in Python, deterrence.catalogue.gambit.read_gambit_file reads it as a game"
        )
    text = model_text(found.game, Path(path).stem, found.title, found.comment[: MAX_BYTES // 200])
    if len(text) > MAX_BYTES:
        raise GameError(
            f"{path}: as a model file it has {len(text)} characters; at most {MAX_BYTES} are read"
        )
    return text
