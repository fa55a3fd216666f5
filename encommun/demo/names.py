"""The names of the cast, apart from the database so that the command line can print them.

Aya coordinates NEC 2018, Bruno proposes, Chloé comes, Driss is at the door, Emma belongs to another event. Farid keeps
the money, Gaëlle the commons, Hugo the programme, Inès the personal data.
"""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Member:
    """Somebody of the cast."""

    name: str
    email: str
    role: str = ""
    what: str = ""


CAST = {
    "aya": Member(name="Aya Benali", email="aya@nec.example", role="coordination", what="coordonne la rencontre"),
    "bruno": Member(name="Bruno Le Goff", email="bruno@mediatheque.example", what="propose un atelier"),
    "chloe": Member(name="Chloé Martin", email="chloe@association.example", what="vient à la rencontre"),
    "driss": Member(name="Driss Amrani", email="driss@nec.example", role="door", what="tient la porte"),
    "emma": Member(name="Emma Rousseau", email="emma@ailleurs.example", what="organise une autre rencontre"),
    "farid": Member(
        name="Farid Haddad", email="farid@nec.example", role="registration", what="tient les inscriptions et la caisse"
    ),
    "gaelle": Member(name="Gaëlle Kermarrec", email="gaelle@nec.example", role="commons", what="prend soin des communs"),
    "hugo": Member(name="Hugo Fontaine", email="hugo@nec.example", role="programme", what="compose le programme"),
    "ines": Member(
        name="Inès Da Silva", email="ines@nec.example", role="data_protection", what="veille sur les données personnelles"
    ),
}
