"""The changes that are tried: one operator, constant, condition, bound or result at a time, in the syntax tree."""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import CodeType
from typing import Any

type Edit = tuple[ast.AST, str]

_COMPARED: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
_COUNTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.Pow: ast.Mult,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.BitXor: ast.BitOr,
}
_FUNCTIONS = (("min", "max"), ("any", "all"), ("bisect_left", "bisect_right"))
_METHODS = (
    ("floor", "ceil"),
    ("expm1", "exp"),
    ("log1p", "log"),
    ("partition", "rpartition"),
    ("removeprefix", "removesuffix"),
    ("find", "rfind"),
    ("lower", "upper"),
    ("fullmatch", "match"),
)
_OTHER_FUNCTION = {name: other for pair in _FUNCTIONS for name, other in (pair, pair[::-1])}
_OTHER_METHOD = {name: other for pair in _METHODS for name, other in (pair, pair[::-1])}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """One change of one place. `function` is the outermost function it is in (None: a statement of the module)."""

    path: Path
    line: int
    source: str
    change: str
    function: str | None
    code: CodeType

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.source}   [{self.change}]"


def mutants_of(path: Path) -> Iterator[Mutant]:
    """Every mutant of a file, in the order of its lines. What a class states outside of its methods is left alone."""
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    tree = ast.parse(text)
    for name, top in _tops(tree):
        for line, change, changed in _changed(top):
            yield Mutant(
                path=path,
                line=line,
                source=lines[line - 1].strip(),
                change=change,
                function=name,
                code=_compiled(tree, top, changed, str(path), name),
            )


def _tops(tree: ast.Module) -> Iterator[tuple[str | None, ast.stmt]]:
    """Functions and methods by qualified name, and the module's own assignments."""
    for statement in tree.body:
        if isinstance(statement, ast.FunctionDef):
            yield statement.name, statement
        elif isinstance(statement, ast.ClassDef):
            yield from (
                (f"{statement.name}.{item.name}", item) for item in statement.body if isinstance(item, ast.FunctionDef)
            )
        elif isinstance(statement, ast.Assign | ast.AnnAssign):
            yield None, statement


def _changed(top: ast.stmt) -> Iterator[tuple[int, str, ast.stmt]]:
    """Copies of a statement with one place changed each."""
    for position, node in enumerate(_mutable(top)):
        for number, (_, change) in enumerate(_edits(node)):
            copied = copy.deepcopy(top)
            target = _mutable(copied)[position]
            edited, _ = list(_edits(target))[number]
            _Put(target, edited).visit(copied)
            yield getattr(node, "lineno", top.lineno), change, ast.fix_missing_locations(copied)


class _Put(ast.NodeTransformer):
    """Puts one node in another's place."""

    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self.old, self.new = old, new

    def visit(self, node: ast.AST) -> ast.AST:
        if node is self.old:
            return ast.copy_location(self.new, node)
        return self.generic_visit(node)


def _mutable(top: ast.stmt) -> list[ast.AST]:
    """What may be changed, in a fixed order: no annotations, decorators, defaults or docstrings."""
    if isinstance(top, ast.FunctionDef):
        body = top.body[1:] if ast.get_docstring(top) is not None else top.body
        return [node for statement in body for node in _walk(statement)]
    return _walk(top.value) if isinstance(top, ast.Assign | ast.AnnAssign) and top.value else []


def _walk(node: ast.AST) -> list[ast.AST]:
    found = [node]
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list", "format_spec"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not _is_docstring(node, child):
                found += _walk(child)
    return found


def _is_docstring(parent: ast.AST, child: ast.AST) -> bool:
    return isinstance(parent, ast.FunctionDef) and child is parent.body[0] and ast.get_docstring(parent) is not None


def _edits(node: ast.AST) -> Iterator[Edit]:
    """What may stand in a node's place, and how to say it."""
    for kind, edits in _EDITS.items():
        if isinstance(node, kind):
            yield from edits(node)


def _compare(node: ast.Compare) -> Iterator[Edit]:
    for index, operator in enumerate(node.ops):
        for other in _COMPARED[type(operator)]:
            operators = [*node.ops[:index], other(), *node.ops[index + 1 :]]
            edited = ast.Compare(left=node.left, ops=operators, comparators=node.comparators)
            yield edited, f"{type(operator).__name__} → {other.__name__}"


def _count(node: ast.BinOp) -> Iterator[Edit]:
    other = _COUNTED[type(node.op)]
    yield ast.BinOp(left=node.left, op=other(), right=node.right), f"{type(node.op).__name__} → {other.__name__}"


def _add_up(node: ast.AugAssign) -> Iterator[Edit]:
    other = _COUNTED[type(node.op)]
    changed = ast.AugAssign(target=node.target, op=other(), value=node.value)
    yield changed, f"{type(node.op).__name__}= → {other.__name__}="
    yield ast.Pass(), "statement left out"


def _combine(node: ast.BoolOp) -> Iterator[Edit]:
    other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    yield ast.BoolOp(op=other, values=node.values), "and ↔ or"


def _unary(node: ast.UnaryOp) -> Iterator[Edit]:
    yield node.operand, f"{type(node.op).__name__} left out"


def _constant(node: ast.Constant) -> Iterator[Edit]:
    value = node.value
    if isinstance(value, bool):
        yield ast.Constant(not value), f"{value} → {not value}"
    elif isinstance(value, int | float):
        for other in dict.fromkeys([value + 1, type(value)(0)]):
            if other != value:
                yield ast.Constant(other), f"{value} → {other}"
    elif isinstance(value, str):
        yield ast.Constant(f"{value}X"), f"{value!r} → {value + 'X'!r}"


def _give(node: ast.Return) -> Iterator[Edit]:
    if node.value is not None and not (isinstance(node.value, ast.Constant) and node.value.value is None):
        yield ast.Return(value=ast.Constant(None)), "returns None"


def _decide(node: ast.If | ast.IfExp) -> Iterator[Edit]:
    for value in (True, False):
        edited = copy.copy(node)
        edited.test = ast.Constant(value)
        yield edited, f"condition → {value}"


def _choose(node: ast.comprehension) -> Iterator[Edit]:
    for index in range(len(node.ifs)):
        left = [*node.ifs[:index], *node.ifs[index + 1 :]]
        edited = ast.comprehension(target=node.target, iter=node.iter, ifs=left, is_async=node.is_async)
        yield edited, "condition left out"


def _rename(node: ast.Name) -> Iterator[Edit]:
    if node.id in _OTHER_FUNCTION:
        yield ast.Name(id=_OTHER_FUNCTION[node.id], ctx=node.ctx), f"{node.id} → {_OTHER_FUNCTION[node.id]}"


def _rename_attribute(node: ast.Attribute) -> Iterator[Edit]:
    if node.attr in _OTHER_METHOD:
        changed = ast.Attribute(value=node.value, attr=_OTHER_METHOD[node.attr], ctx=node.ctx)
        yield changed, f"{node.attr} → {_OTHER_METHOD[node.attr]}"


def _cut(node: ast.Slice) -> Iterator[Edit]:
    if node.lower:
        yield ast.Slice(lower=None, upper=node.upper, step=node.step), "slice from the start"
    if node.upper:
        yield ast.Slice(lower=node.lower, upper=None, step=node.step), "slice to the end"


def _leave_out(node: ast.stmt) -> Iterator[Edit]:
    if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
        yield ast.Pass(), "statement left out"


def _stop(node: ast.stmt) -> Iterator[Edit]:
    yield (ast.Break(), "continue → break") if isinstance(node, ast.Continue) else (ast.Continue(), "break → continue")


_EDITS: dict[type[ast.AST], Callable[[Any], Iterator[Edit]]] = {
    ast.Compare: _compare,
    ast.BinOp: _count,
    ast.AugAssign: _add_up,
    ast.BoolOp: _combine,
    ast.UnaryOp: _unary,
    ast.Constant: _constant,
    ast.Return: _give,
    ast.If: _decide,
    ast.IfExp: _decide,
    ast.comprehension: _choose,
    ast.Name: _rename,
    ast.Attribute: _rename_attribute,
    ast.Slice: _cut,
    ast.Expr: _leave_out,
    ast.Raise: _leave_out,
    ast.Continue: _stop,
    ast.Break: _stop,
}


def _compiled(tree: ast.Module, top: ast.stmt, changed: ast.stmt, path: str, name: str | None) -> CodeType:
    """The changed function's code; for an assignment of the module, code that carries it and all later ones out."""
    if name is None:
        assignments = [each for each in tree.body if isinstance(each, ast.Assign | ast.AnnAssign)]
        later = [each for each in assignments if each.lineno > top.lineno]
        return compile(ast.Module(body=[changed, *later], type_ignores=[]), path, "exec", dont_inherit=True)
    whole = copy.copy(tree)
    whole.body = [_within(statement, top, changed) for statement in tree.body]
    found = _functions(compile(whole, path, "exec", dont_inherit=True))
    return found[name]


def _within(statement: ast.stmt, top: ast.stmt, changed: ast.stmt) -> ast.stmt:
    if statement is top:
        return changed
    if isinstance(statement, ast.ClassDef) and top in statement.body:
        copied = copy.copy(statement)
        copied.body = [changed if item is top else item for item in statement.body]
        return copied
    return statement


def _functions(code: CodeType) -> dict[str, CodeType]:
    """A module's functions and methods by qualified name."""
    inner = [constant for constant in code.co_consts if isinstance(constant, CodeType)]
    found = {each.co_qualname: each for each in inner}
    return found | {method: each for one in inner for method, each in _methods(one).items()}


def _methods(code: CodeType) -> dict[str, CodeType]:
    return {each.co_qualname: each for each in code.co_consts if isinstance(each, CodeType)}
