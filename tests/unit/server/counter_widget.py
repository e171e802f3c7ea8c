"""Tiny widgets for the server's tests."""

from __future__ import annotations

from typing import Any, ClassVar

import anywidget
import traitlets

_ESM = """
function render({ model, el }) {
  const button = document.createElement("button");
  const total = document.createElement("output");
  const bytes = document.createElement("output");
  total.className = "total";
  bytes.className = "bytes";
  const echo = document.createElement("output");
  echo.className = "echo";
  button.className = "count";
  button.textContent = "Count";
  const show = () => (total.textContent = String(model.get("value")));
  const octets = (view) => new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  const sum = (view) => octets(view).reduce((a, b) => a + b, 0);
  model.on("change:value", show);
  model.on("msg:custom", (content, buffers) => {
    bytes.textContent = `${content.kind} ${sum(buffers[0])}`;
    echo.textContent = `kernel has ${content.value}`;
  });
  button.addEventListener("click", () => {
    model.set("value", model.get("value") + 1);
    model.save_changes();
    model.send({ kind: "add" }, undefined, [new Uint8Array([1, 2, 3])]);
  });
  show();
  bytes.textContent = `state ${sum(model.get("data"))}`;
  el.append(button, total, bytes, echo);
}
export default { render };
"""
_CSS = ".count { color: rgb(1, 2, 3); }"


class Counter(anywidget.AnyWidget):
    """Counts clicks and answers each with the bytes that it got, doubled."""

    _esm = _ESM
    _css = _CSS
    value = traitlets.Int(0).tag(sync=True)
    data = traitlets.Bytes(bytes([5, 6])).tag(sync=True)
    answers: ClassVar[int] = 0

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.on_msg(self._answer)

    def _answer(self, _widget: object, content: dict[str, Any], buffers: list[memoryview]) -> None:
        doubled = bytes(2 * byte for byte in bytes(buffers[0]))
        self.send({"kind": content["kind"], "value": self.value}, [doubled])
