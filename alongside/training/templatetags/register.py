from typing import Any

from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from alongside.training.queries import Cell, Row

register = template.Library()


@register.simple_tag(takes_context=True)
def cells(context: Context, row: Row) -> SafeString:
    """The cells of one line of a register. Each kind of cell is drawn once, however many there are."""
    drawn: dict[tuple[str, bool], SafeString] = context.render_context.get("cells") or {}
    context.render_context["cells"] = drawn
    coming = context.get("next")
    return format_html_join("", "{}", ((_cell(cell, coming, drawn),) for cell in row.cells))


def _cell(cell: Cell, coming: Any, drawn: dict[tuple[str, bool], SafeString]) -> SafeString:
    kind = (cell.mark.status if cell.mark else "", bool(coming) and cell.session.pk == coming.pk)
    if kind not in drawn:
        told = {"mark": cell.mark, "is_next": kind[1]}
        drawn[kind] = render_to_string("training/register_cell.html", told)
    return drawn[kind]
