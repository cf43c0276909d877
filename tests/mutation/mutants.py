"""Makes the mutants of one module: the same source with one small thing changed."""

import ast
import copy
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

_COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
_ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
_OPPOSITES = {"min": "max", "max": "min", "any": "all", "all": "any"}
_UNHEARD = "mutated"

Scope = tuple[str, ...]


@dataclass(frozen=True)
class Mutant:
    """One change; ``where`` is the function it is in, empty at the top of the module."""

    module: str
    where: str
    change: str
    lines: range
    source: ast.Module
    node: ast.AST
    changed: ast.AST

    @property
    def tree(self) -> ast.Module:
        """The module with the change in it."""
        return _replaced(self.source, self.node, self.changed)

    @property
    def key(self) -> tuple[str, str, str]:
        """What names the mutant in the list of survivors, stable while other code moves."""
        return self.module, self.where, self.change


def mutants_of(module: str, source: str) -> Iterator[Mutant]:
    """Yield every mutant of ``source``; equal changes in one function are numbered from the second."""
    tree = ast.parse(source)
    seen: Counter[tuple[str, str]] = Counter()
    for scope, statement, node in _sites(tree, ()):
        for changed in _changes(node):
            name = ".".join(scope)
            change = f"{_text(node)}  ->  {_text(changed)}"
            seen[name, change] += 1
            if seen[name, change] > 1:
                change += f"  #{seen[name, change]}"
            yield Mutant(module, name, change, _header(statement), tree, node, changed)


def _sites(node: ast.AST, scope: Scope, statement: ast.stmt | None = None) -> Iterator[tuple[Scope, ast.stmt, ast.AST]]:
    """Yield everything that may be changed, with the function and the statement around it."""
    for child in _children(node):
        inside = (*scope, child.name) if isinstance(child, ast.FunctionDef | ast.ClassDef) else scope
        around = child if isinstance(child, ast.stmt) else statement
        assert around is not None, "an expression is in a statement"
        if not isinstance(child, ast.FunctionDef | ast.ClassDef):
            yield scope, around, child
        yield from _sites(child, inside, around)


def _children(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the parts that decide what the program does: no types, no words for people, no docstrings."""
    match node:
        case ast.FunctionDef():
            yield from (default for default in (*node.args.defaults, *node.args.kw_defaults) if default is not None)
            yield from (part for part in node.body if not _is_words(part))
        case ast.ClassDef() | ast.Module():
            yield from (part for part in node.body if not _is_words(part) and not _is_type(part))
        case ast.AnnAssign():
            yield from [node.value] if node.value else []
        case ast.Import() | ast.ImportFrom() | ast.JoinedStr() | ast.Raise() | ast.Assert():
            return
        case ast.Call(func=ast.Name(id="tr" | "isinstance" | "cast")):
            return
        case _:
            yield from ast.iter_child_nodes(node)


def _is_words(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def _is_type(statement: ast.stmt) -> bool:
    """Tell whether a statement names a type, which only the type checker reads."""
    if not isinstance(statement, ast.Assign):
        return False
    names = {part.id for part in ast.walk(statement.value) if isinstance(part, ast.Name)}
    return isinstance(statement.value, ast.Subscript) or bool({"Literal", "Annotated"} & names)


def _changes(node: ast.AST) -> Iterator[ast.AST]:
    yield from _changed_expressions(node)
    yield from _changed_statements(node)
    for position, part in enumerate(getattr(node, "ifs", ())):
        yield _with(node, ifs=[*node.ifs[:position], ast.UnaryOp(ast.Not(), part), *node.ifs[position + 1 :]])
        yield _with(node, ifs=[*node.ifs[:position], *node.ifs[position + 1 :]])


def _changed_expressions(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.Compare():
            for position, operator in enumerate(node.ops):
                other = _COMPARISONS[type(operator)]()
                yield _with(node, ops=[*node.ops[:position], other, *node.ops[position + 1 :]])
        case ast.BoolOp():
            yield _with(node, op=ast.Or() if isinstance(node.op, ast.And) else ast.And())
            yield from _without_one(node)
        case ast.UnaryOp(op=ast.Not()):
            yield node.operand
        case ast.BinOp() if type(node.op) in _ARITHMETIC:
            yield _with(node, op=_ARITHMETIC[type(node.op)]())
        case ast.IfExp():
            yield node.body
            yield node.orelse
        case ast.Constant():
            yield from _changed_constants(node)
        case ast.Call(func=ast.Name(id=name)) if name in _OPPOSITES:
            yield _with(node, func=ast.Name(_OPPOSITES[name], ast.Load()))
        case ast.MatchOr():
            for position in range(len(node.patterns)):
                rest = [*node.patterns[:position], *node.patterns[position + 1 :]]
                yield rest[0] if len(rest) == 1 else _with(node, patterns=rest)


def _without_one(node: ast.BoolOp) -> Iterator[ast.AST]:
    for position in range(len(node.values)):
        rest = [*node.values[:position], *node.values[position + 1 :]]
        yield rest[0] if len(rest) == 1 else _with(node, values=rest)


def _changed_constants(node: ast.Constant) -> Iterator[ast.AST]:
    match node.value:
        case bool():
            yield ast.Constant(not node.value)
        case int() | float():
            yield ast.Constant(node.value + 1)
        case str():
            yield ast.Constant("" if node.value else _UNHEARD)


def _changed_statements(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.If() | ast.While():
            yield _with(node, test=ast.Constant(True))
            yield _with(node, test=ast.Constant(False))
        case ast.Return(value=ast.expr() as value) if not (isinstance(value, ast.Constant) and value.value is None):
            yield ast.Return(ast.Constant(None))
        case ast.Expr() | ast.AugAssign() | ast.Raise() | ast.Continue() | ast.Break():
            yield ast.Pass()
        case ast.Assign(targets=[ast.Subscript() | ast.Attribute()]):
            yield ast.Pass()


def _with(node: ast.AST, **fields: object) -> ast.AST:
    changed = copy.copy(node)
    for name, value in fields.items():
        setattr(changed, name, value)
    return changed


def _replaced(tree: ast.Module, node: ast.AST, changed: ast.AST) -> ast.Module:
    """Return a copy of ``tree`` where ``changed`` replaces ``node``; line numbers stay."""
    copied = _Replacing(node, ast.copy_location(changed, node) if hasattr(node, "lineno") else changed).visit(tree)
    assert isinstance(copied, ast.Module)
    return ast.fix_missing_locations(copied)


class _Replacing(ast.NodeTransformer):
    """Copies only the way down to the change; the rest is shared with the tree it came from."""

    def __init__(self, node: ast.AST, changed: ast.AST) -> None:
        self._node, self._changed = node, changed

    def visit(self, node: ast.AST) -> ast.AST:
        if node is self._node:
            return self._changed
        copied = copy.copy(node)
        for name, value in ast.iter_fields(node):
            if isinstance(value, list):
                value = [self.visit(part) if isinstance(part, ast.AST) else part for part in value]
            elif isinstance(value, ast.AST):
                value = self.visit(value)
            setattr(copied, name, value)
        return copied


def _header(statement: ast.stmt) -> range:
    """Lines of a statement without the block it opens."""
    body = getattr(statement, "body", None)
    end = statement.end_lineno or statement.lineno
    if isinstance(body, list) and body:
        end = max(statement.lineno, body[0].lineno - 1)
    return range(statement.lineno, end + 1)


def _text(node: ast.AST) -> str:
    """Write a change in one line: a block as its first line."""
    if isinstance(node, ast.comprehension):
        return "".join(f" if {ast.unparse(part)}" for part in node.ifs).strip() or "no condition"
    return ast.unparse(ast.fix_missing_locations(copy.deepcopy(node))).splitlines()[0]
