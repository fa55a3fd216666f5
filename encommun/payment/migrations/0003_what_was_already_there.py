"""What payments and refunds of before say in the new fields."""

from django.db import migrations
from django.db.models import F, OuterRef, Subquery


def carry_over(apps, schema_editor):
    """Events of entries, what was received, and a refund for each payment that goes or went back."""
    entry_model = apps.get_model("payment", "LedgerEntry")
    payment_model = apps.get_model("payment", "Payment")
    booking_model = apps.get_model("registration", "Booking")
    event = booking_model.objects.filter(pk=OuterRef("booking")).values("event")[:1]
    entry_model.objects.update(event=Subquery(event))
    with_money = payment_model.objects.filter(state__in=["paid", "to_refund", "refunded"])
    with_money.update(received_cents=F("amount_cents"))
    refund_model = apps.get_model("payment", "Refund")
    for payment in payment_model.objects.filter(state__in=["to_refund", "refunded"]).select_related("booking"):
        is_done = payment.state == "refunded"
        cancelled = payment.booking.state == "cancelled"
        moment = entry_model.objects.filter(payment=payment, kind="refunded").values_list("at", flat=True).first()
        refund_model.objects.create(
            payment=payment,
            amount_cents=payment.amount_cents,
            state="done" if is_done else "to_do",
            why="cancelled" if cancelled else "no_place",
            reference=f"R-{payment.reference}"[:35],
            provider_refund_id=payment.provider_refund_id,
            asked_at=moment or payment.paid_at or payment.asked_at,
            done_at=moment if is_done else None,
        )


class Migration(migrations.Migration):
    dependencies = [("payment", "0002_the_treasury")]

    operations = [migrations.RunPython(carry_over, migrations.RunPython.noop)]
