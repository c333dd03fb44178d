"""What a browser sends back of a form that changes something, as it stands on the page."""

from typing import Any

from django.test import Client

from alongside.web.merging import SEEN, Merging


def seen(client: Client, url: str) -> dict[str, str]:
    """What is sent unseen: the seal over what was on the page."""
    return {SEEN: client.get(url).context["form"][SEEN].value()}


def as_shown(form: Merging) -> dict[str, Any]:
    """Every answer of the form as its boxes hold it, and the seal."""
    held: dict[str, Any] = {}
    for name, field in form.fields.items():
        value = field.widget.format_value(field.prepare_value(form[name].value()))
        if getattr(field.widget, "input_type", "") == "checkbox" and not getattr(
            field.widget, "allow_multiple_selected", 0
        ):
            value = "on" if form[name].value() else None
        if value is not None:
            held[form.add_prefix(name)] = value
    return held


def filled(client: Client, url: str) -> dict[str, Any]:
    return as_shown(client.get(url).context["form"])
