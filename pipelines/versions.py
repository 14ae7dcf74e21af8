"""Say which version of the code made a row, so that a changed rule, and nothing else, re-reads the articles.

A step's version is a digest of what can change its rows: the syntax of its module and of every module of this
package that it imports, the word lists they read, and the versions of the libraries they call. Comments,
docstrings and layout do not count.
"""

import ast
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from importlib.metadata import packages_distributions, version
from importlib.util import find_spec
from pathlib import Path
from sys import stdlib_module_names

from pipelines.lists import LISTS
from pipelines.schemas import TABLES

PACKAGE = __name__.partition(".")[0]
MOVERS = {f"{PACKAGE}.{name}" for name in ("lake", "schemas", "shards", "versions")}  # move rows, make none


@cache
def digest_step(module: str, *tables: str) -> str:
    """Return 12 hexadecimal digits for all that the step in `module` depends on, and for what `tables` hold.

    ("pipelines.cleaning", "articles", …): names and types of the columns count, descriptions do not.
    """
    columns = {f"{table}.{field.name}: {field.type}" for table in tables for field in TABLES[table].schema}
    found = sha256()
    for part in sorted(_parts_of(module) | columns):
        found.update(part.encode())
    return found.hexdigest()[:12]


def _parts_of(module: str) -> set[str]:
    """Return the syntax, list contents and library versions that `module` rests on, each as one text."""
    parts: set[str] = set()
    seen: set[str] = set()
    waiting = [module]
    while waiting:
        if (name := waiting.pop()) in seen | MOVERS:
            continue
        seen.add(name)
        tree = _parse(name)
        parts.add(ast.dump(tree))
        parts |= {(LISTS / f"{name}.csv").read_text("utf-8") for name in _lists_read(tree)}
        for imported in _imports(tree):
            root = imported.partition(".")[0]
            if root == PACKAGE:
                waiting.append(imported)
            elif root not in stdlib_module_names:
                parts |= {f"{name}=={version(name)}" for name in _distributions().get(root, [])}
    return parts


def _parse(module: str) -> ast.Module:
    spec = find_spec(module)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"{module} is imported by a step but cannot be found")
    tree = ast.parse(Path(spec.origin).read_text("utf-8"))
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list) and body and _is_docstring(body[0]):
            node.body = body[1:] or [ast.Pass()]  # type: ignore[attr-defined]
    return tree


def _is_docstring(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )


def _imports(tree: ast.Module) -> Iterator[str]:
    """Yield the modules that `tree` imports, `from pipelines.text import names` as pipelines.text.names."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            if node.module.partition(".")[0] == PACKAGE:
                names = (f"{node.module}.{alias.name}" for alias in node.names)
                yield from (name for name in names if _is_module(name))


def _is_module(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except ModuleNotFoundError:  # `name` is a function inside a module, not a module inside a package
        return False


def _lists_read(tree: ast.Module) -> Iterator[str]:
    """Yield "cues" for `read_list("cues")`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "read_list":
            yield from (str(arg.value) for arg in node.args if isinstance(arg, ast.Constant))


@cache
def _distributions() -> dict[str, list[str]]:
    return {root: sorted(set(names)) for root, names in packages_distributions().items()}
