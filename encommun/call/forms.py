"""Forms of the call: text in, arguments of commands out."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from encommun.call import consents
from encommun.call.content import EMPTY, Content
from encommun.call.models import Author, Decision, Proposal, Question, Recording
from encommun.call.reasons import READY_REASONS
from encommun.call.refusals import FilledTrap
from encommun.events.hours import HalvesField, ZoneField, keys_of
from encommun.events.models import Event, Presence
from encommun.foundation.licences import LICENCES
from encommun.places.models import Equipment, Layout
from encommun.ui.forms import EmailField, Form, Honeypot, LineField, TextField


def without_limits(form: forms.Form) -> None:
    """No ``maxlength`` in the page: a browser would cut a pasted text without a word. The server says it instead."""
    for field in form.fields.values():
        field.widget.attrs.pop("maxlength", None)


class StartForm(Form, Honeypot):
    """Two fields to begin with, and an address to find the draft again."""

    title = LineField(
        label=_("Title"), max_length=150, help_text=_("What would make somebody want to come. You can change it later.")
    )
    intention = TextField(
        label=_("Intention"),
        max_length=4000,
        rows=7,
        required=False,
        help_text=_("In a few sentences: what you want to share, question or build with others."),
    )
    email = EmailField(
        label=_("Your e-mail"),
        max_length=254,
        help_text=_("To send you the link to your draft. It is never published."),
    )
    key = forms.CharField(widget=forms.HiddenInput, max_length=80)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        without_limits(self)
        self.initial.setdefault("key", uuid4().hex)

    def clean(self) -> dict[str, Any]:
        """Refuse what filled the trap, and empty it, so that a person can simply send again."""
        if self.is_spam:
            self.refuse(FilledTrap())
            self.draw_again(website="")
        return self.cleaned_data

    def draw_again(self, **values: str) -> None:
        """Change what the page will hold when it is drawn again."""
        self.data = self.data.copy()
        for name, value in values.items():
            self.data[name] = value


class LinkForm(Form, Honeypot):
    """Ask for one's links again."""

    email = EmailField(label=_("The e-mail of your proposal"), max_length=254)


@dataclass(frozen=True)
class Both:
    """A field that two people changed at the same time: what it was, what was saved, what was typed here."""

    label: Any
    base: Any
    theirs: Any
    yours: Any


class ProposalForm(Form):
    """The whole proposal, on one page. Nothing is required to save a draft; publishing asks for what readers need."""

    template_name = "call/proposal_form.html"
    asked_to_publish = ("title", "intention", "axis", "format", "minutes", "participants_do", "participants_leave_with", "licence")

    title = LineField(label=_("Title"), max_length=150, required=False)
    intention = TextField(
        label=_("Intention"),
        max_length=4000,
        rows=8,
        required=False,
        help_text=_("What you want to share, question or build with others. Readers see this first."),
    )
    axis = forms.ChoiceField(label=_("Working axis"), required=False, widget=forms.RadioSelect)
    format = forms.ChoiceField(label=_("Format"), required=False, widget=forms.RadioSelect)
    format_described = LineField(
        label=_("Your format, in a few words"),
        max_length=200,
        required=False,
        help_text=_("Only for another format: a walk, a game, a radio show, a map to draw together…"),
    )
    minutes = forms.IntegerField(
        label=_("Length, in minutes"),
        required=False,
        min_value=5,
        max_value=480,
        help_text=_("Most sessions last 60 or 90 minutes."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    participants_do = TextField(label=_("What participants will do"), max_length=3000, rows=5, required=False)
    participants_leave_with = TextField(
        label=_("What they will leave with"),
        max_length=3000,
        rows=4,
        required=False,
        help_text=_("A method, contacts, a text written together, a decision…"),
    )
    needs = TextField(
        label=_("What you need"),
        max_length=2000,
        rows=3,
        required=False,
        help_text=_("Room, tables, projector, quiet, access: whatever makes it possible for you. You can leave this empty."),
    )
    licence = forms.ChoiceField(
        label=_("Licence of your text"),
        required=False,
        widget=forms.RadioSelect,
        help_text=_("It says what others may do with it."),
    )
    equipment = forms.MultipleChoiceField(
        label=_("Equipment"), choices=Equipment.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    layout = forms.ChoiceField(
        label=_("How people sit"), choices=[("", _("However you like")), *Layout.choices], required=False, widget=forms.RadioSelect
    )
    materials_licence = forms.ChoiceField(label=_("Licence of your materials, if it is another"), required=False)
    recording = forms.ChoiceField(
        label=_("May your session be recorded?"),
        choices=[("", _("I do not know yet")), *Recording.choices],
        required=False,
        widget=forms.RadioSelect,
    )
    author_name = LineField(
        label=_("Your name"), max_length=120, required=False, help_text=_("Or the one by which people know you.")
    )
    structure_name = LineField(
        label=_("Your structure"), max_length=150, required=False, help_text=_("Library, association, town hall, company, or none.")
    )
    publish_name = forms.BooleanField(
        label=consents.TEXT,
        required=False,
        help_text=_("You can change your mind here at any time. Otherwise readers see «a person»."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def __init__(self, *args: Any, event: Event, proposal: Proposal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.asked_to_publish:
            self.fields[name].is_asked_later = True
        self.fields["axis"].choices = [(axis.slug, str(axis)) for axis in event.axes.all()]
        self.fields["format"].choices = [(format.slug, format_choice(format)) for format in event.formats.all()]
        self.fields["licence"].choices = [(licence.code, licence_choice(licence)) for licence in LICENCES.values()]
        names = [(licence.code, licence.name) for licence in LICENCES.values()]
        self.fields["materials_licence"].choices = [("", _("The same")), *names]
        self.questions = list(event.questions.select_related("axis", "format"))
        for question in self.questions:
            self.fields[f"q_{question.code}"] = field_of(question)
        without_limits(self)

    @property
    def asked(self) -> list[forms.BoundField]:
        """The fields of the team's questions, for the page."""
        return [self[f"q_{question.code}"] for question in self.questions]

    @staticmethod
    def values_of(proposal: Proposal, author: Author) -> dict[str, Any]:
        """What the form shows of a proposal and of the one who carries it."""
        names = {"author_name": author.name, "structure_name": author.structure_name, "publish_name": author.name_is_public}
        content = Content.of(proposal)
        return content.as_json() | names | {"version": proposal.version} | answers_as_fields(content)

    def content(self) -> Content:
        """The text for the commands."""
        given = {question.code: self.cleaned_data.get(f"q_{question.code}") for question in self.questions}
        answers = {code: answer for code, answer in given.items() if answer not in (None, "", [])}
        plain = {name: self.cleaned_data.get(name, default) for name, default in EMPTY.as_json().items() if name != "answers"}
        return Content(**plain, answers=answers)

    def author(self) -> dict[str, Any]:
        """The arguments of ``introduce_author``."""
        data = self.cleaned_data
        return {"name": data["author_name"], "structure_name": data["structure_name"], "publish_name": data["publish_name"]}

    def unite(self, base: Content | None, theirs: Content) -> list["Both"]:
        """Take from ``theirs`` what was not touched here since ``base``; answer the fields that both changed, which a person settles."""
        mine, both = self.content(), []
        self.data = self.data.copy()
        for name in theirs.as_json():
            if name == "answers":
                both += self._unite_answers(base, theirs, mine)
                continue
            former, saved, typed = (getattr(one, name) if one is not None else None for one in (base, theirs, mine))
            if saved == typed:
                continue
            if base is not None and typed == former:
                _put(self.data, name, saved)
            elif base is None or saved != former:
                both.append(Both(self.fields[name].label, *(self._shown(name, one) for one in (former, saved, typed))))
        return both

    def _shown(self, name: str, value: Any) -> Any:
        """A value as a person reads it."""
        if not isinstance(value, list):
            return value
        labels = dict(self.fields[name].choices)
        return ", ".join(str(labels.get(one, one)) for one in value)

    def _unite_answers(self, base: Content | None, theirs: Content, mine: Content) -> list["Both"]:
        both = []
        for question in self.questions:
            former, saved, typed = (one.answers.get(question.code) if one is not None else None for one in (base, theirs, mine))
            if saved == typed:
                continue
            if base is not None and typed == former:
                _put(self.data, f"q_{question.code}", saved)
            elif base is None or saved != former:
                shown = ["" if one is None else question.in_words(one) for one in (former, saved, typed)]
                both.append(Both(str(question), *shown))
        return both

    def carry_version(self, version: int) -> None:
        """Let the next save stand on the version that the page now shows."""
        self.data = self.data.copy()
        self.data["version"] = str(version)


def field_of(question: Question) -> forms.Field:
    """The field of a question of the team. Nothing is required to save; publishing asks for what the team needs."""
    where = [str(one) for one in (question.axis, question.format) if one is not None]
    only = _("Only for: {names}.").format(names=", ".join(where)) if where else ""
    kind, most = question.kind, question.most
    limits = _limits(question)
    words = {
        "label": str(question.label),
        "help_text": " ".join(filter(None, (only, str(question.help), limits))),
        "required": False,
    }
    if kind == Question.Kind.LONG:
        field = TextField(max_length=most or 3000, rows=4, **words)
    elif kind == Question.Kind.ONE:
        field = forms.ChoiceField(choices=question.options, widget=forms.RadioSelect, **words)
    elif kind == Question.Kind.SEVERAL:
        field = forms.MultipleChoiceField(choices=question.options, widget=forms.CheckboxSelectMultiple, **words)
    elif kind == Question.Kind.YES_NO:
        field = forms.TypedChoiceField(
            choices=[("yes", _("Yes")), ("no", _("No"))],
            widget=forms.RadioSelect,
            coerce=lambda value: value == "yes",
            empty_value=None,
            **words,
        )
    elif kind == Question.Kind.NUMBER:
        field = forms.IntegerField(min_value=0, max_value=most or 1_000_000, **words)
    else:
        field = LineField(max_length=most or 200, **words)
    field.is_asked_later = question.is_required
    return field


def _limits(question: Question) -> str:
    """How much is asked, where a team said so."""
    if question.kind not in (Question.Kind.SHORT, Question.Kind.LONG) or not (question.least or question.most):
        return ""
    if question.least and question.most:
        return _("From {least} to {most} signs.").format(least=question.least, most=question.most)
    return _("At least {n} signs.").format(n=question.least) if question.least else _("{n} signs at most.").format(n=question.most)


def answers_as_fields(content: Content) -> dict[str, Any]:
    """Answers under the names of their fields."""
    return {f"q_{code}": _typed(answer) for code, answer in content.answers.items()}


def _typed(answer: Any) -> Any:
    return {True: "yes", False: "no"}[answer] if isinstance(answer, bool) else answer


def _put(data: Any, name: str, answer: Any) -> None:
    if isinstance(answer, list):
        data.setlist(name, answer)
    else:
        data[name] = "" if answer is None else str(_typed(answer))


class MergeForm(ProposalForm):
    """The text that two proposals would become."""

    template_name = "call/merge_form.html"
    version = author_name = structure_name = publish_name = None


class CloseForm(Form, Honeypot):
    """Two that look close."""

    other = LineField(label=_("The other proposal"), max_length=300, help_text=_("Its address, or its code of six signs."))
    reason = TextField(label=_("What they have in common"), max_length=1000, rows=4)

    def clean(self) -> dict[str, Any]:
        """Refuse what filled the trap."""
        if self.is_spam:
            self.refuse(FilledTrap())
            self.data = self.data.copy()
            self.data["website"] = ""
        return self.cleaned_data


class MergeOpenForm(Form):
    """Ask that two become one."""

    other = LineField(label=_("The other proposal"), max_length=300, help_text=_("Its address, or its code of six signs."))
    words = TextField(label=_("Why"), max_length=1000, rows=3, required=False)


def format_choice(format: Any) -> str:
    """A format with what it is for."""
    return (
        format_html("<span>{} <small>{}</small></span>", str(format), str(format.purpose)) if str(format.purpose) else str(format)
    )


def licence_choice(licence: Any) -> str:
    """A licence with what it allows, in a sentence."""
    return format_html("<span>{} <small>{}</small></span>", licence.name, licence.in_short)


class MyselfForm(Form):
    """How one wishes to be named, for somebody who does not change the text."""

    author_name = LineField(
        label=_("Your name"), max_length=120, required=False, help_text=_("Or the one by which people know you.")
    )
    structure_name = LineField(label=_("Your structure"), max_length=150, required=False)
    publish_name = forms.BooleanField(label=consents.TEXT, required=False)

    def author(self) -> dict[str, Any]:
        """The arguments of ``introduce_author``."""
        data = self.cleaned_data
        return {"name": data["author_name"], "structure_name": data["structure_name"], "publish_name": data["publish_name"]}


class HoursForm(Form):
    """When an author can be there, when she would rather, and where she speaks from."""

    wished = HalvesField(
        label=_("I would rather be there"), required=False, help_text=_("The programme keeps to it where that is possible.")
    )
    available = HalvesField(
        label=_("I can only be there"),
        required=False,
        help_text=_("The programme always keeps to it. None ticked: at any time of the gathering."),
    )
    zone = ZoneField(
        label=_("Where you will speak from"),
        choices=[("", _("On the spot: I come")), *ZoneField.places],
        help_text=_("If you cannot come and speak from afar: choose a place where it is the same time as yours."),
    )

    def __init__(self, *args: Any, event: Event, said: Presence, **kwargs: Any) -> None:
        initial = {"wished": keys_of(said.wished, event), "available": keys_of(said.available, event), "zone": said.zone}
        super().__init__(*args, initial=initial, **kwargs)
        for name in ("wished", "available"):
            self.fields[name].ask_for(event)
        self.fields["zone"].also(said.zone)

    def said(self) -> Presence:
        """The argument of ``say_presence``."""
        facts = self.cleaned_data
        spans = {name: self.fields[name].spans(facts[name]) for name in ("available", "wished")}
        return Presence(**spans, zone=facts["zone"])


#: Parts, as somebody is asked to take one.
PART_CHOICES = [
    (Author.Part.CO_FACILITATES, _("Co-facilitate")),
    (Author.Part.SPEAKS, _("Speak, bring a case")),
    (Author.Part.TAKES_NOTES, _("Take notes")),
    (Author.Part.HELPS, _("Give a hand, lend something")),
]


class InviteForm(Form):
    """Ask somebody to join."""

    email = EmailField(
        label=_("E-mail of the person"), max_length=254, help_text=_("She receives a letter with a link of her own.")
    )
    part = forms.ChoiceField(
        label=_("What you ask her to do"),
        choices=[(Author.Part.CARRIES, _("Carry the proposal with you")), *PART_CHOICES],
        initial=Author.Part.CO_FACILITATES,
        widget=forms.RadioSelect,
    )
    words = TextField(label=_("A word for her"), max_length=1000, rows=3, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].widget.attrs["autocomplete"] = "off"
        without_limits(self)


class SeekForm(Form):
    """What a proposal lacks."""

    part = forms.ChoiceField(label=_("You are looking for somebody to…"), choices=PART_CHOICES, widget=forms.RadioSelect)
    words = LineField(
        label=_("In a few words"),
        max_length=200,
        help_text=_("For instance: a case from a rural library; a projector; somebody at ease with debates."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        without_limits(self)


class HelpForm(Form, Honeypot):
    """«I can»: for something looked for, or to join."""

    part = forms.ChoiceField(label=_("What you would like to do"), choices=PART_CHOICES, widget=forms.RadioSelect)
    name = LineField(
        label=_("Your name"), max_length=120, help_text=_("Only the authors read it. It is public only if you say so later.")
    )
    email = EmailField(label=_("Your e-mail"), max_length=254, help_text=_("For their answer. It is never published."))
    words = TextField(
        label=_("A word for the authors"),
        max_length=1000,
        rows=4,
        required=False,
        help_text=_("What you bring, when you are there…"),
    )

    def __init__(self, *args: Any, is_asked: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_asked:
            del self.fields["part"]
        without_limits(self)

    def clean(self) -> dict[str, Any]:
        """Refuse what filled the trap, and empty it, so that a person can simply send again."""
        if self.is_spam:
            self.refuse(FilledTrap())
            self.data = self.data.copy()
            self.data["website"] = ""
        return self.cleaned_data

    def help(self) -> dict[str, str]:
        """The arguments of ``offer_help``."""
        return {name: self.cleaned_data.get(name, "") for name in ("part", "name", "email", "words")}


#: Fields that anybody may reword, with the name that readers know them by.
SUGGESTED_LABELS = {
    "title": _("Title"),
    "intention": _("Intention"),
    "participants_do": _("What participants will do"),
    "participants_leave_with": _("What they will leave with"),
    "needs": _("What it needs"),
}


class SuggestForm(Form, Honeypot):
    """Other words for one field."""

    text = TextField(label=_("Your words"), max_length=4000, rows=10, help_text=_("Change the text as you would write it."))
    words = TextField(label=_("Why"), max_length=500, rows=2, required=False)
    name = LineField(label=_("Your name"), max_length=120, required=False)
    publish_name = forms.BooleanField(label=consents.CREDIT_TEXT, required=False)
    email = EmailField(label=_("Your e-mail"), max_length=254, help_text=_("For their answer. It is never published."))

    def __init__(self, *args: Any, field: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = SUGGESTED_LABELS[field]
        self.fields["text"].max_length = 150 if field == "title" else 4000
        self.fields["text"].validators = [MaxLengthValidator(self.fields["text"].max_length)]
        self.fields["text"].widget.attrs["rows"] = 2 if field == "title" else 10
        without_limits(self)

    def clean(self) -> dict[str, Any]:
        """Refuse what filled the trap, and empty it, so that a person can simply send again."""
        if self.is_spam:
            self.refuse(FilledTrap())
            self.data = self.data.copy()
            self.data["website"] = ""
        return self.cleaned_data

    def suggestion(self) -> dict[str, Any]:
        """The arguments of ``suggest_edit``."""
        return {name: self.cleaned_data.get(name, "") for name in ("text", "words", "name", "publish_name", "email")}


class AnswerForm(Form):
    """Yes or no, with a word."""

    answer = forms.ChoiceField(choices=[("accept", ""), ("decline", "")], widget=forms.HiddenInput)
    words = TextField(label=_("A word with your answer"), max_length=1000, rows=2, required=False)


class WaitingForm(Form):
    """What the team answers to a first proposal."""

    answer = forms.ChoiceField(
        label=_("Your answer"),
        choices=[("publish", _("Publish it")), ("decline", _("Leave it a draft"))],
        widget=forms.RadioSelect,
    )
    reason = TextField(
        label=_("Why it stays a draft"), max_length=1000, rows=3, required=False, help_text=_("Its authors read it.")
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)


class DecisionForm(Form):
    """The answer of the team: an outcome, and a reason picked or written."""

    outcome = forms.ChoiceField(label=_("Answer"), choices=Decision.Outcome.choices, widget=forms.RadioSelect)
    format = forms.ChoiceField(
        label=_("In which format"),
        required=False,
        help_text=_("Only to answer «yes, in another format»: it becomes the proposal's if its authors accept."),
    )
    minutes = forms.IntegerField(
        label=_("Its length there, in minutes"),
        required=False,
        min_value=5,
        max_value=480,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    merge_with = LineField(
        label=_("Code of the other proposal"),
        max_length=40,
        required=False,
        help_text=_("Only to answer «together with another proposal»: its authors are named in the letter by its title."),
    )
    ready = forms.ChoiceField(
        label=_("Reason"),
        choices=[*READY_REASONS.items(), ("own", _("In other words, below"))],
        widget=forms.RadioSelect,
        help_text=_("The authors read it word for word in their letter."),
    )
    reason = TextField(label=_("Reason, in your own words"), max_length=3000, rows=5, required=False)

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(one.slug, f"{one} ({one.minutes} min)") for one in event.formats.all() if not one.is_free]
        self.fields["format"].choices = [("", "—"), *named]
        without_limits(self)

    def clean(self) -> dict[str, Any]:
        """Own words are there when they were chosen, and the other format when it is the answer."""
        if self.cleaned_data.get("ready") == "own" and not self.cleaned_data.get("reason"):
            self.add_error("reason", _("Write the reason: the authors will read it."))
        if self.cleaned_data.get("outcome") == Decision.Outcome.YES_OTHER_FORMAT and not self.cleaned_data.get("format"):
            self.add_error("format", _("Say in which format: its authors accept it or not."))
        return self.cleaned_data

    def words(self) -> str:
        """The reason as a text, in the language now active."""
        ready = self.cleaned_data["ready"]
        return self.cleaned_data["reason"] if ready == "own" else str(READY_REASONS[ready])


class ReleaseForm(Form):
    """The answers that were read, and the yes to sending them."""

    read = forms.CharField(widget=forms.HiddenInput, max_length=200_000)

    def seen(self) -> dict[str, str]:
        """Code of each proposal -> when its answer was decided, as it was read."""
        pairs = (line.partition("@") for line in self.cleaned_data["read"].split())
        return {code: at for code, _sign, at in pairs}
