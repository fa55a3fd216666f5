"""Licences of texts, materials and resources: SPDX identifiers, names and addresses.

Order and codes follow what the network uses: Licence Ouverte and Creative Commons, stated for each deliverable.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Licence:
    """A licence that can be chosen.

    Attributes:
        code: SPDX identifier.
        open: whether it fits the Open Definition.
    """

    code: str
    name: str
    url: str
    open: bool
    in_short: object


LICENCES = {
    licence.code: licence
    for licence in (
        Licence(
            "etalab-2.0",
            "Licence Ouverte 2.0",
            "https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
            True,
            _("Anyone may reuse it and must name the source."),
        ),
        Licence(
            "CC-BY-4.0",
            "CC BY 4.0",
            "https://creativecommons.org/licenses/by/4.0/deed.fr",
            True,
            _("Anyone may reuse it and must name the authors."),
        ),
        Licence(
            "CC-BY-SA-4.0",
            "CC BY-SA 4.0",
            "https://creativecommons.org/licenses/by-sa/4.0/deed.fr",
            True,
            _("As CC BY, and what is made from it is shared in the same way."),
        ),
        Licence(
            "CC0-1.0",
            "CC0 1.0",
            "https://creativecommons.org/publicdomain/zero/1.0/deed.fr",
            True,
            _("Given to the public domain."),
        ),
        Licence(
            "CC-BY-NC-SA-4.0",
            "CC BY-NC-SA 4.0",
            "https://creativecommons.org/licenses/by-nc-sa/4.0/deed.fr",
            False,
            _("No commercial reuse: this is not an open licence."),
        ),
    )
}

LICENCE_CHOICES = [(licence.code, licence.name) for licence in LICENCES.values()]
