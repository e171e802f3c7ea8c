"""What a kernel needs to start is loaded before the first fork, and what a server does not need is not loaded."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

_SCRIPT = """
import json, os, sys
sys.modules["debugpy"] = None
from bonemets_teach.server.preload import preload
problems = preload(lessons=False)
before = set(sys.modules)
from bonemets_teach.server.lean_kernel import LeanKernelApp
app = LeanKernelApp.instance(capture_fd_output=False, log_level=50)
app.config.HistoryManager.enabled = False
app.initialize(["-f", sys.argv[1]])
app.shell.run_cell("answer = 42", store_history=False)
with open(sys.argv[2], "w") as file:
    json.dump({"problems": problems, "late": sorted(set(sys.modules) - before), "answer": app.shell.user_ns["answer"]}, file)
os._exit(0)
"""


def test_a_kernel_loads_no_module_of_its_own_to_start(tmp_path: Path) -> None:
    """Each module loaded after the fork would cost every learner its memory again."""
    subprocess.run(
        [sys.executable, "-c", _SCRIPT, str(tmp_path / "kernel.json"), str(tmp_path / "found.json")],
        check=True,
        capture_output=True,
        env={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "PYTHONPATH": str(Path(__file__).parents[3])},
    )
    found = json.loads((tmp_path / "found.json").read_text())
    assert found == {"problems": [], "late": [], "answer": 42}


def test_the_server_starts_without_a_grammar_of_all_addresses() -> None:
    """It took half of the time until the address is announced."""
    script = "import sys, bonemets_teach.server.serve; print('lark' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "False"
