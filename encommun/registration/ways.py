"""Which ways to pay are open: asked upwards, through one setting (decision 0007)."""

from django.conf import settings
from django.utils.module_loading import import_string

from encommun.events.models import Event


def ways_to_pay(event: Event) -> list[str]:
    """What who books may choose from: «card», «transfer», «cheque»."""
    return list(import_string(settings.WAYS_TO_PAY)(event))
