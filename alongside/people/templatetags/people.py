from typing import Any

from django import template
from django.template.context import Context

from alongside.people.own import address

register = template.Library()


@register.simple_tag(takes_context=True)
def own_url(context: Context, name: str, **keys: Any) -> str:
    """`{% own_url "people:my-choices" %}` on a person's own page: another of their own pages."""
    return address(context["own"], name, **keys)
