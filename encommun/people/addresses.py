"""Where a request comes from, for limits on tries."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The caller's network address; an IPv6 one is cut to its /64, which is one household.

    Each trusted proxy (setting ``proxies``) adds the address that it saw at the end of X-Forwarded-For, so only that
    many entries, from the end, are believed: what stands before them was written by the caller.
    """
    seen = request.META.get("REMOTE_ADDR", "")
    if settings.CONFIG.proxies:
        hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
        if len(hops) >= settings.CONFIG.proxies:
            seen = hops[-settings.CONFIG.proxies]
    try:
        address = ipaddress.ip_address(seen)
    except ValueError:
        return "unknown"
    if address.version == 6:
        mapped = address.ipv4_mapped
        return str(mapped or ipaddress.ip_network((address, 64), strict=False).network_address)
    return str(address)
