from allauth.core.internal import ratelimit
from django.http import HttpRequest


def limited(
    request: HttpRequest, action: str, key: str = "", rate: str = "10/m/ip", *, only_look: bool = False
) -> bool:
    """Count one more `action`, or `only_look`, and say whether that is now too many.

    `rate` is allauth's notation: "20/m/ip,5/m/key" is twenty a minute from one network address and five
    for one `key`. The counts lie in the database, so that they hold across processes; keys only as hashes.
    """
    usage = ratelimit.consume(
        request,
        app="alongside",
        action=action,
        config={action: rate},
        key=key,
        dry_run=only_look,
        limit_get=True,
    )
    return usage is None
