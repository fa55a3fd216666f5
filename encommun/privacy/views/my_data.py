"""«My data»: what is held and why, consents, download, erasure."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from encommun.foundation import clock
from encommun.privacy.commands import erase_person, what_erasing_would_do, withdraw_consent
from encommun.privacy.forms import EraseForm
from encommun.privacy.models import Erasure
from encommun.privacy.queries import all_holdings, consent_seen_by, consents_of, held_about, held_as_json
from encommun.privacy.refusals import AlreadyWithdrawn
from encommun.privacy.rules import subject_of
from encommun.privacy.views.my_space import known

RECEIPT = "privacy.receipt"


@known
def my_data(request: HttpRequest) -> HttpResponse:
    """What is held about her, field by field, and her consents."""
    context = {"held": held_about(subject_of(request.actor)), "consents": consents_of(request.actor)}
    return render(request, "privacy/my_data.html", context)


@known
def download(request: HttpRequest) -> HttpResponse:
    """All of it as a JSON file."""
    at = clock.now()
    response = JsonResponse(held_as_json(subject_of(request.actor), at=at), json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = f'attachment; filename="mes-donnees-{at:%Y-%m-%d}.json"'
    return response


@known
@require_POST
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Take a consent back."""
    try:
        withdraw_consent(consent_seen_by(request.actor, number), actor=request.actor, at=clock.now())
    except AlreadyWithdrawn as refused:
        messages.info(request, refused.sentence)
    else:
        messages.success(request, _("Withdrawn. What it allowed is hidden within a few seconds."))
    return redirect("privacy:my_data")


@known
def erase(request: HttpRequest) -> HttpResponse:
    """What would go and what must be kept; then the erasure itself."""
    form = EraseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        erasure = erase_person(actor=request.actor, at=clock.now())
        request.session.flush()
        request.session[RECEIPT] = erasure.code
        return redirect("privacy:erased")
    outcome = what_erasing_would_do(actor=request.actor, at=clock.now())
    going = [(holding, outcome.rows[holding.model]) for holding in reversed(all_holdings()) if holding.model in outcome.rows]
    return render(request, "privacy/erase.html", {"form": form, "going": going, "kept": outcome.kept}, status=form.status)


def erased(request: HttpRequest) -> HttpResponse:
    """The receipt, shown to the browser that asked."""
    erasure = Erasure.objects.filter(code=request.session.get(RECEIPT, "")).first()
    if erasure is None:
        return redirect("web:home")
    return render(request, "privacy/erased.html", {"erasure": erasure})
