"""Components: each is declared once with its props and slots; a prop that was not declared is an error that names those that are.

In templates: ``{% ui "notice" kind="warning" %}…{% endui %}`` (with a body, and named slots by ``{% slot "actions" %}``),
or ``{% show "tag" text=axis.title %}`` (without a body). The template of «notice» is ``ui/components/notice.html``;
it sees its props, ``slot`` (the body) and ``slots`` (the named ones). All of them, in every state, are at /ui/.
"""

from dataclasses import dataclass
from typing import Any

from django.template import TemplateSyntaxError

REQUIRED = object()


@dataclass(frozen=True)
class Component:
    """A declared component.

    Attributes:
        props: name -> default, or ``REQUIRED``.
        slots: names of the slots beside the body.
    """

    name: str
    props: dict[str, Any]
    slots: tuple[str, ...] = ()

    @property
    def template_name(self) -> str:
        return f"ui/components/{self.name}.html"

    def check(self, given: set[str], slots: set[str]) -> None:
        """Refuse what was not declared.

        Raises:
            TemplateSyntaxError: an unknown prop or slot, or a missing one; the message names those that exist.
        """
        if unknown := given - set(self.props):
            raise TemplateSyntaxError(f"{self.name}: unknown prop {sorted(unknown)}; it accepts {sorted(self.props)}")
        if missing := {name for name, default in self.props.items() if default is REQUIRED} - given:
            raise TemplateSyntaxError(f"{self.name}: prop {sorted(missing)} is missing")
        if unknown := slots - set(self.slots):
            raise TemplateSyntaxError(f"{self.name}: unknown slot {sorted(unknown)}; it accepts {sorted(self.slots)}")


COMPONENTS: dict[str, Component] = {}


def declare(name: str, /, *slots: str, **props: Any) -> None:
    """Declare a component."""
    COMPONENTS[name] = Component(name, props, slots)


def find(name: str) -> Component:
    """The component of that name.

    Raises:
        TemplateSyntaxError: there is none; the message names those that exist.
    """
    try:
        return COMPONENTS[name]
    except KeyError:
        raise TemplateSyntaxError(f"No component «{name}»; there are {sorted(COMPONENTS)}") from None


declare("button", text="", href="", kind="primary", type="submit", name="", value="", size="", confirm="", form="")
declare("notice", "actions", kind="info", title="")
declare("tag", text=REQUIRED, hue="", href="")
declare("card", "footer", title=REQUIRED, href="", level=2, hue="", over="")
declare("empty", "actions", title=REQUIRED)
declare("facts")
declare("fact", term=REQUIRED)
declare("pagination", page=REQUIRED)
declare("steps", steps=REQUIRED, current=REQUIRED)
declare("icon", name=REQUIRED)
declare("keep", key=REQUIRED, save="", counts="", form=None)
declare("kept", key=REQUIRED, form=None)
