"""Finds the words of the interface in the code: what passes through `tr` and `trn`, and what does not."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import bonemets_teach

PACKAGE = Path(bonemets_teach.__file__).parent
WIDGETS = PACKAGE / "widgets" / "static"
PAGES = PACKAGE / "server" / "static"
TEMPLATES = PACKAGE / "server" / "templates" / "bonemets"
# Shown in English with a mark: the reading room and the viewer, the pages of reviews.
ENGLISH_SCRIPTS = ("reading_", "volume_", "review", "words.js")
ENGLISH_TEMPLATES = ("review", "models", "instructor")

_STRING = re.compile(r'"((?:[^"\\\n]|\\.)*)"')
_TEMPLATE_CALL = re.compile(r"""\btrn?\((?:[^"'()]|\([^)]*\))*?["']""")


def scripts() -> list[Path]:
    """Return the scripts that speak the language of the page."""
    found = [*sorted(WIDGETS.glob("*.js")), *sorted(PAGES.glob("*.js"))]
    return [path for path in found if not path.name.startswith(ENGLISH_SCRIPTS)]


def script_words(path: Path) -> tuple[set[str], dict[str, str]]:
    """Return texts, and plural with singular, that a script says."""
    source = _without_comments(path.read_text("utf-8"))
    single = {match[1] for match in re.finditer(r"\btr\(\s*" + _STRING.pattern, source)}
    plural = {}
    for match in re.finditer(r"\btrn\(", source):
        one, many = _outer_strings(source, match.end())[:2]
        plural[many] = one
    return single, plural


def loose_words(path: Path) -> set[str]:
    """Return texts of a script that look as if they were read by people and pass through nothing."""
    source = _without_comments(path.read_text("utf-8"))
    loose = set()
    for match in _STRING.finditer(source):
        text, before = match[1], source[: match.start()]
        said = re.search(r"\btrn?\((?:[^()\"]|\([^)]*\)|\"(?:[^\"\\]|\\.)*\")*$", before[-400:])
        if _is_read(text) and not said and not re.search(r"(?:class|role|type|rel): $|[Ee]rror\($", before):
            loose.add(text)
    for match in re.finditer(r"`([^`]*)`", source):
        text = match[1]
        if source[: match.start()].endswith("rror("):
            continue  # for whoever reads the console
        fixed = re.sub(r"\$\{[^}]*\}", "", text)
        if (
            re.search(r"[A-Za-z]{2,} [a-z]{2,}", fixed)
            and "bm-" not in fixed
            and not re.search(r"\btrn?\(", text)
        ):
            loose.add(text)
    return loose


def _is_read(text: str) -> bool:
    return bool(re.match(r"[A-Z✓✕][a-z]* |[A-Z][a-z]+[…?.]?$|[a-z]+ [a-z]+ ", text)) and "bm-" not in text


def _without_comments(source: str) -> str:
    return re.sub(r"(?m)^\s*//.*$|/\*[\s\S]*?\*/|(?<=[;{}]) // .*$", "", source)


def _outer_strings(source: str, start: int) -> list[str]:
    depth, at, found = 1, start, []
    while depth:
        if source[at] == '"':
            match = _STRING.match(source, at)
            assert match is not None
            if depth == 1:
                found.append(match[1])
            at = match.end()
            continue
        depth += (source[at] in "([{") - (source[at] in ")]}")
        at += 1
    return found


def template_words(path: Path) -> tuple[set[str], dict[str, str]]:
    """Return texts, and plural with singular, that a template says."""
    source = path.read_text("utf-8")
    single = {match[2] for match in re.finditer(r"""\btr\((["'])(.*?)\1""", source)}
    plural = {match[2]: match[1] for match in re.finditer(r'\btrn\([^"]*"([^"]*)", "([^"]*)"', source)}
    return single, plural


def loose_template_words(path: Path) -> set[str]:
    """Return words between the tags of a template that pass through nothing."""
    bare = re.sub(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", "", path.read_text("utf-8"), flags=re.DOTALL)
    bare = re.sub(r"<(script|style)\b.*?</\1>", "", bare, flags=re.DOTALL)
    texts = re.findall(r">([^<]*)<", bare) + re.findall(
        r'(?:aria-label|title|alt|placeholder)="([^"]*)"', bare
    )
    return {text.strip() for text in texts if re.search(r"[A-Za-z]{2,}", text)}


def python_words(*folders: str) -> tuple[set[str], dict[str, str]]:
    """Return texts, and plural with singular, that modules of the package say in fixed words."""
    single: set[str] = set()
    plural: dict[str, str] = {}
    for folder in folders:
        for path in sorted((PACKAGE / folder).rglob("*.py")):
            for call, names in _calls(ast.parse(path.read_text("utf-8"))):
                if call.func.id == "tr":  # type: ignore[attr-defined]
                    single |= set(_texts(call.args[0], names))
                else:
                    plural[_texts(call.args[2], names)[0]] = _texts(call.args[1], names)[0]
    return single, plural


def _calls(tree: ast.Module) -> Iterator[tuple[ast.Call, dict[str, list[str]]]]:
    names: dict[str, list[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                if isinstance(target, ast.Name):
                    names.setdefault(target.id, []).extend(_texts(node.value, {}))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"tr", "trn"}:
            yield node, names


def _texts(node: ast.expr, names: dict[str, list[str]]) -> list[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.IfExp):
        return _texts(node.body, names) + _texts(node.orelse, names)
    if isinstance(node, ast.Name):
        return names.get(node.id, [])
    return []
