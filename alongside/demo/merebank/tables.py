import tomllib
from dataclasses import MISSING, fields, is_dataclass
from pathlib import Path
from types import UnionType
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")


class BadContent(ValueError):
    """A file does not say what its dataclass needs."""


def table(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        return tomllib.load(file)


def build(kind: type[T], row: dict[str, Any], where: str) -> T:
    """A dataclass from a TOML table: every name known, none missing, lists as tuples."""
    known = {field.name: field for field in fields(cast(Any, kind))}
    unknown = sorted(row.keys() - known.keys())
    needed = {n for n, f in known.items() if f.default is MISSING and f.default_factory is MISSING}
    missing = sorted(needed - row.keys())
    if unknown or missing:
        raise BadContent(
            f"{where}: the fields of {kind.__name__} were expected; missing {missing}, unknown {unknown}."
        )
    hints = get_type_hints(kind)
    return kind(**{name: _value(hints[name], value, f"{where}, {name}") for name, value in row.items()})


def build_all(kind: type[T], rows: list[dict[str, Any]], where: str) -> tuple[T, ...]:
    return tuple(build(kind, row, f"{where}, row {number}") for number, row in enumerate(rows, start=1))


def _value(hint: Any, value: Any, where: str) -> Any:
    if get_origin(hint) is tuple and isinstance(value, list):
        inner = get_args(hint)[0]
        return tuple(_value(inner, item, f"{where} {number}") for number, item in enumerate(value, start=1))
    if is_dataclass(hint) and isinstance(hint, type) and isinstance(value, dict):
        return build(hint, value, where)
    if not _fits(hint, value):
        raise BadContent(f"{where}: {hint} was expected, {value!r} came.")
    return value.strip() if isinstance(value, str) else value


def _fits(hint: Any, value: Any) -> bool:
    if get_origin(hint) is dict:
        return isinstance(value, dict)
    if isinstance(hint, UnionType):
        return any(_fits(one, value) for one in get_args(hint))
    if hint is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    # Exact types: a bool is no number here, and a moment is no date.
    return type(value) is hint
