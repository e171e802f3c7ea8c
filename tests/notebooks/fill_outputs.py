"""Writes the text that nbval checks into the notebooks; run it as a script after a scene has changed."""

from __future__ import annotations

import json
import re
from typing import Any

from bonemets_teach.content import notebooks_folder
from bonemets_teach.scenes import load_scene

_CALL = re.compile(r'print\(lesson\.describe\("([a-z0-9-]+)"\)\)')


def _description(source: str) -> str:
    found = _CALL.fullmatch(source.strip())
    if found is None:
        message = f"a checked cell holds one print(lesson.describe(...)), not {source!r}"
        raise ValueError(message)
    scene = load_scene(found[1])
    return scene.describe(scene.compute(scene.defaults())) + "\n"


def _fill(cell: dict[str, Any]) -> None:
    text = _description("".join(cell["source"]))
    lines = text.splitlines(keepends=True)
    # nbval takes a cell without a count for one that was never run.
    cell["execution_count"] = 1
    cell["outputs"] = [{"name": "stdout", "output_type": "stream", "text": lines}]
    # nbstripout leaves the outputs of a cell with this tag.
    cell["metadata"]["tags"] = sorted({*cell["metadata"]["tags"], "keep_output"})


def main() -> None:
    """Fill every notebook."""
    for path in sorted(notebooks_folder().glob("*.ipynb")):
        notebook = json.loads(path.read_text("utf-8"))
        for cell in notebook["cells"]:
            if "nbval-check-output" in cell["metadata"].get("tags", []):
                _fill(cell)
        path.write_text(json.dumps(notebook, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
