"""An interactive course on bone metastases: one mechanistic lesion, every modality."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

__version__ = "0.1.0"


def _give_compiled_code_a_place() -> None:
    """Let Numba keep code in a folder of this run where neither package nor home can be written, as in a container.

    Numba takes the package's folders first, then the user's cache, and refuses to compile where it can write to neither.
    """
    # Path.expanduser raises where nobody has a home.
    cache = Path(os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")) / "numba"  # noqa: PTH111
    if "NUMBA_CACHE_DIR" in os.environ or _is_writable(Path(__file__).parent) or _is_writable(cache):
        return
    # Only the owner can enter it: whoever writes compiled code here runs it in the lessons.
    folder, owner = tempfile.mkdtemp(prefix="bonemets-compiled-"), os.getpid()
    os.environ["NUMBA_CACHE_DIR"] = folder
    atexit.register(lambda: shutil.rmtree(folder, ignore_errors=True) if os.getpid() == owner else None)


def _is_writable(folder: Path) -> bool:
    while not folder.exists():
        folder = folder.parent
    return os.access(folder, os.W_OK)


_give_compiled_code_a_place()
