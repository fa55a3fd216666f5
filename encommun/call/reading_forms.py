"""Forms of choosing: text in, arguments of commands out."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from encommun.call.commands.review_set import MOST_READERS
from encommun.call.models import Assignment, Choosing, Circumstances, Criterion, Review
from encommun.call.queries.readers import Reader
from encommun.events.models import Event
from encommun.ui.forms import Form, LineField, TextField


class Unlimited(Form):
    """No ``maxlength`` in the page: a browser would cut a pasted text without a word. The server says it instead."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("maxlength", None)


class ReviewForm(Unlimited):
    """A level for each criterion, and words."""

    words = TextField(
        label=_("What you think of it"),
        max_length=4000,
        rows=6,
        required=False,
        help_text=_("For the other readers and the team; the authors do not read it."),
    )
    saved = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def __init__(self, *args: Any, criteria: list[Criterion], review: Review | None, **kwargs: Any) -> None:
        kwargs.setdefault("initial", _initial(review))
        super().__init__(*args, **kwargs)
        self.criteria = criteria
        for criterion in criteria:
            levels = [(str(level), words) for level, words in criterion.levels]
            name = f"level-{criterion.pk}"
            self.fields[name] = forms.ChoiceField(label=str(criterion), choices=levels, widget=forms.RadioSelect, required=False)
            self.fields[name].is_asked_later = True
        self.order_fields([*(f"level-{criterion.pk}" for criterion in criteria), "words", "saved"])

    def review(self) -> dict[str, Any]:
        """The arguments of ``write_review``."""
        given = {str(criterion.pk): self.cleaned_data.get(f"level-{criterion.pk}") for criterion in self.criteria}
        levels = {number: int(level) for number, level in given.items() if level}
        return {"levels": levels, "words": self.cleaned_data["words"], "saved": self.cleaned_data["saved"]}

    def carry(self, saved: int) -> None:
        """Let the next save stand on the one that the page now shows."""
        self.data = self.data.copy()
        self.data["saved"] = str(saved)


def _initial(review: Review | None) -> dict[str, Any]:
    if review is None:
        return {"saved": 0}
    levels = {f"level-{number}": str(level) for number, level in review.levels.items()}
    return levels | {"words": review.words, "saved": review.saved}


class ChoosingForm(Unlimited):
    """How proposals are chosen."""

    phase = forms.ChoiceField(label=_("Where we are"), choices=Choosing.Phase.choices, widget=forms.RadioSelect)
    is_anonymous = forms.BooleanField(
        label=_("Readers do not know whose a proposal is"),
        required=False,
        help_text=_(
            "Until it is over, names leave the public pages too, and the text of proposals that have no answer yet. Only coordination sees them."
        ),
    )
    readers_each = forms.IntegerField(label=_("Readers for each proposal"), min_value=1, max_value=MOST_READERS, initial=2)
    method_fr = TextField(
        label=_("How we choose, in French"),
        max_length=6000,
        rows=6,
        required=False,
        help_text=_("Everyone reads it: who reads, who decides, what happens when opinions differ."),
    )
    method_en = TextField(label=_("How we choose, in English"), max_length=6000, rows=6, required=False)

    def choosing(self) -> dict[str, Any]:
        """The arguments of ``set_choosing``."""
        data = self.cleaned_data
        plain = {name: data[name] for name in ("phase", "is_anonymous", "readers_each")}
        return plain | {"method": {"fr": data["method_fr"], "en": data["method_en"]}}

    @staticmethod
    def values_of(choosing: Choosing | None) -> dict[str, Any]:
        """What the form shows of it."""
        if choosing is None:
            return {"phase": Choosing.Phase.BEFORE, "readers_each": 2}
        plain = {name: getattr(choosing, name) for name in ("phase", "is_anonymous", "readers_each")}
        return plain | {"method_fr": choosing.method.get("fr", ""), "method_en": choosing.method.get("en", "")}


class CriterionForm(Unlimited):
    """A question with its three answers, in French and, if one likes, in English."""

    question_fr = LineField(label=_("Question, in French"), max_length=200)
    low_fr = LineField(label=_("Weakest answer, in French"), max_length=120)
    middle_fr = LineField(label=_("Middle answer, in French"), max_length=120)
    high_fr = LineField(label=_("Strongest answer, in French"), max_length=120)
    question_en = LineField(label=_("Question, in English"), max_length=200, required=False)
    low_en = LineField(label=_("Weakest answer, in English"), max_length=120, required=False)
    middle_en = LineField(label=_("Middle answer, in English"), max_length=120, required=False)
    high_en = LineField(label=_("Strongest answer, in English"), max_length=120, required=False)

    def criterion(self) -> dict[str, dict[str, str]]:
        """The arguments of ``write_criterion``."""
        names = ("question", "low", "middle", "high")
        return {name: {language: self.cleaned_data[f"{name}_{language}"] for language in ("fr", "en")} for name in names}

    @staticmethod
    def values_of(criterion: Criterion | None) -> dict[str, str]:
        """What the form shows of it."""
        names = ("question", "low", "middle", "high")
        if criterion is None:
            return {}
        return {f"{name}_{language}": getattr(criterion, name).get(language, "") for name in names for language in ("fr", "en")}


class AssignForm(Form):
    """Ask readers."""

    how = forms.ChoiceField(
        label=_("Who reads what"),
        choices=[
            (Assignment.How.LOAD, _("Each proposal gets the readers that it lacks, those who have least to read first")),
            (Assignment.How.RANDOM, _("Each proposal gets the readers that it lacks, at random")),
            (Assignment.How.AXIS, _("One person reads all of an axis")),
        ],
        initial=Assignment.How.LOAD,
        widget=forms.RadioSelect,
    )
    axis = forms.ChoiceField(label=_("Axis"), required=False)
    reader = forms.TypedChoiceField(label=_("Reader"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, event: Event, readers: list[Reader], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["axis"].choices = [("", _("All axes")), *((axis.slug, str(axis)) for axis in event.axes.all())]
        self.fields["reader"].choices = [("", "—"), *((reader.account_id, reader.name) for reader in readers)]


class CircumstancesForm(Form):
    """Two questions that nobody has to answer."""

    territory = forms.ChoiceField(
        label=_("Where you come from"),
        choices=[("", _("I prefer not to say")), *Circumstances.Territory.choices],
        required=False,
        widget=forms.RadioSelect,
    )
    first_time = forms.ChoiceField(
        label=_("Is it the first time that you propose something here?"),
        choices=[("", _("I prefer not to say")), *Circumstances.First.choices],
        required=False,
        widget=forms.RadioSelect,
    )
