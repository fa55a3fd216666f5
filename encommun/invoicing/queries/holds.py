"""Whether what was issued still holds: for ``encommun check``."""

from collections.abc import Iterator

from django.db.models import Count, F, Max, Min, Q, Sum

from encommun.invoicing.models import Invoice, Series


def what_does_not_hold() -> Iterator[str]:
    """A sentence for each series with a gap or out of the order of time, and for each invoice credited beyond its amount."""
    documents = Series.objects.exclude(kind=Series.Kind.QUOTE).annotate(
        count=Count("invoices"), first=Min("invoices__sequence"), last=Max("invoices__sequence")
    )
    for series in documents.filter(Q(last_number__gt=0) | Q(count__gt=0)):
        if (series.count, series.first, series.last) != (series.last_number, 1, series.last_number):
            yield f"Series {series.prefix} has counted to {series.last_number} and holds {series.count} documents."
        dates = list(series.invoices.order_by("sequence").values_list("issued_on", flat=True))
        if dates != sorted(dates):
            yield f"Series {series.prefix} is not in the order of time."
    for invoice in _credited_too_much():
        yield f"Invoice {invoice.number} is credited beyond its amount."


def _credited_too_much() -> list[Invoice]:
    credited = Invoice.objects.annotate(credited=Sum("credits__gross_cents", default=0))
    return list(credited.filter(credited__gt=F("gross_cents")).order_by("pk"))
