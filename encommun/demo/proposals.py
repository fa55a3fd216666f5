"""What people propose for NEC 2018 in the demo: texts written for this project, people who do not exist.

``stage`` says how far each one goes: draft, published (to answer), ready (answer written, not sent), confirmed, waiting
(offered), declined, answered (another answer than a place), withdrawn.
"""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Proposed:
    """A proposal of the demo. ``began`` is month and day in 2018; ``edits`` are later public changes: (month, day, changes)."""

    title: str
    intention: str
    axis: str
    format: str
    minutes: int
    do: str
    leave_with: str
    name: str
    structure: str
    email: str
    began: tuple[int, int]
    needs: str = ""
    licence: str = "CC-BY-SA-4.0"
    described: str = ""
    name_is_public: bool = True
    stage: str = "confirmed"
    outcome: str = "yes"
    reason: str = "exchange"
    other_format: str = ""
    edits: list[tuple[int, int, dict[str, Any]]] = field(default_factory=list)


PROPOSED = [
    # Lieux
    Proposed(
        title="La médiathèque ouverte le dimanche : et si les habitants tenaient le comptoir ?",
        intention=(
            "Depuis deux ans, notre médiathèque ouvre le dimanche grâce à une trentaine d’habitantes et d’habitants qui accueillent, "
            "rangent et dépannent les ordinateurs. Ce n’est pas du bénévolat de remplacement : c’est une autre manière de tenir un lieu.\n\n"
            "Nous voulons raconter comment la confiance s’est installée, ce que les bibliothécaires y ont gagné, et les deux fois où "
            "nous avons failli tout arrêter."
        ),
        axis="lieux",
        format="debat",
        minutes=60,
        do="Se placer d’un côté ou de l’autre de la salle devant cinq affirmations, défendre sa position, changer d’avis si besoin.",
        leave_with="La charte d’accueil que nous avons écrite avec les habitants, et trois questions à poser à sa propre équipe.",
        needs="Une salle où l’on peut pousser les chaises.",
        name="Maëlle Guivarch",
        structure="Médiathèque de Lanvallay",
        email="maelle.guivarch@lanvallay.example",
        began=(5, 16),
        edits=[(6, 4, {"minutes": 75}), (6, 20, {"title": "La médiathèque ouverte le dimanche : qui tient le comptoir ?"})],
    ),
    Proposed(
        title="Repair café numérique : réparer sans exclure",
        intention=(
            "Autour d’une table, on ouvre un téléphone ou un ordinateur qui rame. Très vite, on parle d’autre chose : de l’obsolescence, de "
            "la peur de casser, de qui a le droit de savoir. Nous proposons d’en tenir un vrai, et de regarder ce qui s’y passe."
        ),
        axis="lieux",
        format="atelier",
        minutes=120,
        do="Apporter un appareil fatigué, le démonter à plusieurs avec une personne qui connaît, puis décrire le geste sur une fiche.",
        leave_with="Un appareil qui marche peut-être, et une fiche de réparation publiée sur notre wiki.",
        needs="Six tables solides, des prises, un coin calme pour souder près d’une fenêtre.",
        name="Thomas Ollivier",
        structure="Les Petits Débrouillards de l’Ouest",
        email="thomas.ollivier@debrouillards.example",
        began=(5, 17),
        reason="field",
        edits=[(6, 12, {"needs": "Huit tables solides, des prises, un coin calme pour souder près d’une fenêtre."})],
    ),
    Proposed(
        title="Le fablab de campagne, trois ans après",
        intention=(
            "Un fablab dans un bourg de 1 400 habitants, à quarante minutes de la première ville. Qui vient ? Pour faire quoi ? Combien ça "
            "coûte vraiment ? Nous arrivons avec les comptes, les chiffres de fréquentation et les plans de la grange."
        ),
        axis="lieux",
        format="conference",
        minutes=45,
        do="Écouter vingt minutes, puis éplucher les comptes avec nous : chaque table reçoit une année et cherche ce qu’elle changerait.",
        leave_with="Notre modèle économique en feuille de calcul, à remplir avec ses propres chiffres.",
        needs="Un vidéoprojecteur.",
        licence="etalab-2.0",
        name="Aurélien Bessac",
        structure="La Grange numérique, Haute-Vienne",
        email="aurelien@grange-numerique.example",
        began=(5, 18),
        reason="missing_subject",
    ),
    Proposed(
        title="Accueillir quelqu’un qui ne lit pas",
        intention=(
            "Une personne sur quatorze est en situation d’illettrisme. Elle vient pour une déclaration en ligne, elle dit qu’elle a oublié "
            "ses lunettes. Que fait-on, à l’accueil, dans les trois premières minutes ?"
        ),
        axis="lieux",
        format="atelier",
        minutes=90,
        do="Rejouer des situations d’accueil réelles, à trois : la personne, l’agente ou l’agent, et quelqu’un qui observe.",
        leave_with="Un aide-mémoire d’une page pour le comptoir, relu par des personnes concernées.",
        needs="Une salle où l’on n’entend pas le couloir ; vingt personnes au plus.",
        name="Fatoumata Sylla",
        structure="Clé 44, lutte contre l’illettrisme",
        email="f.sylla@cle44.example",
        began=(5, 22),
        reason="field",
        edits=[(5, 30, {"needs": "Une salle où l’on n’entend pas le couloir ; vingt-quatre personnes au plus."})],
    ),
    Proposed(
        title="Cartographier les lieux d’accès au numérique d’un département, vraiment",
        intention=(
            "Des cartes, il y en a des dizaines, et elles sont fausses au bout de six mois. Nous en tenons une à jour depuis 2015 avec les "
            "secrétaires de mairie. Voici comment, et pourquoi ce n’est pas une affaire de logiciel."
        ),
        axis="lieux",
        format="atelier",
        minutes=90,
        do="Ajouter ensemble les lieux de son territoire dans OpenStreetMap, avec les horaires et ce qu’on peut y faire.",
        leave_with="Une carte complétée, et la lettre type que nous envoyons aux mairies deux fois par an.",
        needs="Une bonne connexion ; chacune et chacun apporte un ordinateur, nous en avons dix à prêter.",
        licence="etalab-2.0",
        name="Yannick Le Dantec",
        structure="Conseil départemental du Finistère",
        email="yannick.ledantec@finistere.example",
        began=(5, 24),
        reason="field",
    ),
    Proposed(
        title="Ce que les adolescents font au fond de la salle",
        intention=(
            "Ils viennent pour le wifi, ils restent pour le reste. Pendant un an, une anthropologue et deux médiateurs ont noté ce que les "
            "12-16 ans font dans un espace public numérique quand on les laisse tranquilles. Cela nous a fait changer les horaires, les "
            "meubles et le règlement."
        ),
        axis="lieux",
        format="conference",
        minutes=45,
        do="Écouter, regarder des plans de salle dessinés par des jeunes, puis redessiner la sienne.",
        leave_with="La grille d’observation, prête à servir ailleurs.",
        needs="Un vidéoprojecteur, des feutres et du papier A3.",
        name="Clara Nogueira",
        structure="Université de Nantes, laboratoire de sociologie",
        email="clara.nogueira@univ.example",
        began=(6, 5),
        stage="ready",
        reason="exchange",
    ),
    Proposed(
        title="Visite commentée d’un lieu qui n’existe pas encore",
        intention=(
            "Notre tiers-lieu ouvrira en 2020. D’ici là, nous le faisons visiter, casque sur les oreilles, dans le bâtiment vide : les voix "
            "des futurs usagers y racontent ce qu’ils y feront. Nous proposons d’en inventer une version à Nantes, en marchant."
        ),
        axis="lieux",
        format="autre",
        described="Une promenade sonore, de l’École d’architecture aux cales",
        minutes=60,
        do="Marcher à deux, écouter, enregistrer à son tour une minute de visite imaginaire.",
        leave_with="Une promenade sonore complète, mise en ligne le soir même.",
        needs="Quinze casques ; un point de départ abrité en cas de pluie.",
        name="Sabrina Ferhat",
        structure="Le Plancher, coopérative",
        email="sabrina@leplancher.example",
        began=(6, 11),
        stage="waiting",
        outcome="yes_other_format",
        reason="shorter",
        other_format="atelier",
    ),
    Proposed(
        title="Financer l’accompagnement : le chèque culture numérique à l’épreuve",
        intention=(
            "Qui paie quand quelqu’un passe deux heures avec une médiatrice pour demander sa retraite ? Nous avons testé un chèque dans "
            "quatre communautés de communes. Certains lieux en vivent mieux, d’autres n’en ont pas vu la couleur. Parlons d’argent."
        ),
        axis="lieux",
        format="table-ronde",
        minutes=75,
        do="Interpeller une élue, un opérateur, une médiatrice et une personne accompagnée, à parts égales de parole.",
        leave_with="Un état des coûts réels d’une heure d’accompagnement, sourcé.",
        needs="Deux micros qui circulent.",
        name="Bertrand Chauvet",
        structure="Syndicat mixte Gironde numérique",
        email="b.chauvet@gironde.example",
        began=(6, 13),
        stage="published",
    ),
    Proposed(
        title="Une borne d’écoute bricolée pour raconter le quartier",
        intention=(
            "Un vieux téléphone à cadran, une carte à quarante euros, et les histoires du quartier quand on décroche. Nous l’avons faite "
            "avec un groupe de retraités et une classe de CM2. Je voudrais la refaire à plusieurs, du premier fil au premier récit."
        ),
        axis="lieux",
        format="atelier",
        minutes=120,
        do="Souder, programmer quelques lignes, enregistrer une histoire, raccrocher, recommencer.",
        leave_with="Le plan, la liste d’achats, le code, et une borne qui restera à l’accueil pendant les deux jours.",
        needs="Trois tables, des rallonges, une personne de plus qui n’a pas peur du fer à souder.",
        name="Bruno Le Goff",
        structure="Médiathèque de Saint-Nazaire",
        email="bruno@mediatheque.example",
        began=(5, 28),
        stage="waiting",
        outcome="yes",
        reason="field",
        edits=[(6, 8, {"minutes": 90})],
    ),
    Proposed(
        title="Des conseillers numériques à vélo",
        intention="Aller voir les gens là où ils sont, avec une remorque, deux tablettes et une table pliante.",
        axis="lieux",
        format="",
        minutes=60,
        do="",
        leave_with="",
        name="Bruno Le Goff",
        structure="Médiathèque de Saint-Nazaire",
        email="bruno@mediatheque.example",
        began=(6, 27),
        stage="draft",
        licence="",
    ),
    # Données
    Proposed(
        title="RGPD, un mois après : ce que nos lieux ont changé",
        intention=(
            "Le règlement s’applique depuis le 25 mai. Fiches d’inscription, cahier de passage, ordinateurs en libre accès, newsletters : qu’avons-nous "
            "vraiment changé ? Pas de juriste à la tribune : des lieux qui comparent leurs registres."
        ),
        axis="donnees",
        format="atelier",
        minutes=90,
        do="Poser son registre (ou son absence de registre) sur la table, le comparer à celui du voisin, en écrire un commun.",
        leave_with="Un registre type pour un espace public numérique, et une affiche d’information à mettre au mur.",
        needs="Des tables de six.",
        licence="etalab-2.0",
        name="Hélène Marchadier",
        structure="Ville de Grenoble, service numérique",
        email="helene.marchadier@grenoble.example",
        began=(5, 29),
        reason="missing_subject",
        edits=[
            (6, 6, {"minutes": 120}),
            (6, 19, {"title": "RGPD, cent jours après : ce que nos lieux ont changé"}),
        ],
    ),
    Proposed(
        title="L’open data d’une petite commune en dix jeux de données",
        intention=(
            "On nous dit que l’open data est pour les métropoles. Nous sommes 3 800, une secrétaire y passe deux heures par mois, et dix jeux "
            "de données sont ouverts : menus de la cantine, arbres, délibérations, subventions… Voici lesquels servent, et à qui."
        ),
        axis="donnees",
        format="conference",
        minutes=45,
        do="Écouter, puis choisir à plusieurs les trois jeux que sa commune pourrait ouvrir avant Noël.",
        leave_with="Nos modèles de fichiers et la délibération qui va avec.",
        needs="Un vidéoprojecteur.",
        licence="etalab-2.0",
        name="Sylvie Marzin",
        structure="Commune de Plouénan",
        email="sylvie.marzin@plouenan.example",
        began=(5, 21),
        reason="field",
    ),
    Proposed(
        title="Fresque des traces : ce que mon téléphone raconte de moi",
        intention=(
            "Une fresque de quatre mètres, des ciseaux, et les données d’une journée ordinaire. Cet atelier a été fait trente fois avec des "
            "collégiens, des retraités, des demandeurs d’emploi. Nous le transmettons, avec ses ficelles."
        ),
        axis="donnees",
        format="atelier",
        minutes=90,
        do="Vivre l’atelier pendant une heure, puis passer de l’autre côté et apprendre à l’animer.",
        leave_with="Le jeu de cartes imprimable et le guide d’animation.",
        needs="Un mur libre de quatre mètres ou quatre tables mises bout à bout.",
        name="Julien Abgrall",
        structure="Association Trace libre, Rennes",
        email="julien@tracelibre.example",
        began=(5, 25),
        reason="exchange",
        edits=[
            (
                6,
                15,
                {"leave_with": "Le jeu de cartes imprimable, le guide d’animation, et la liste des trente lieux qui l’ont essayé."},
            )
        ],
    ),
    Proposed(
        title="Algorithmes publics : apprendre à poser la question",
        intention=(
            "Une place en crèche, une bourse, une affectation : un calcul a décidé. La loi donne le droit de demander comment. Presque personne "
            "ne le fait. Entraînons-nous à écrire la demande, et à lire la réponse."
        ),
        axis="donnees",
        format="atelier",
        minutes=75,
        do="Choisir une décision réelle, rédiger la demande, et décortiquer trois réponses reçues par notre collectif.",
        leave_with="Un modèle de demande et une liste d’administrations qui répondent.",
        name="Karim Zaoui",
        structure="",
        email="karim.zaoui@courriel.example",
        began=(6, 1),
        reason="missing_subject",
        name_is_public=False,
    ),
    Proposed(
        title="Carnet de bord numérique : à qui sont les données de l’accompagnement ?",
        intention=(
            "Nous suivons des personnes pendant des mois : mots de passe notés, démarches faites, confidences entendues. Où l’écrit-on ? "
            "Qui le relit ? Que devient le carnet quand la médiatrice change de poste ?"
        ),
        axis="donnees",
        format="debat",
        minutes=60,
        do="Partir de trois carnets anonymes, tracer à plusieurs la limite de ce que l’on note.",
        leave_with="Une règle commune en dix lignes, à discuter dans son équipe.",
        needs="Un paperboard.",
        name="Nadège Fouquet",
        structure="Emmaüs Connect",
        email="nadege.fouquet@connect.example",
        began=(6, 4),
        stage="declined",
        reason="exchange",
    ),
    Proposed(
        title="Datactivistes en herbe : mesurer l’air de la cour d’école",
        intention=(
            "Douze capteurs montés par des élèves, une année de mesures, et un maire qui a fini par déplacer l’arrêt de bus. Une histoire de "
            "données, de patience et de goûters."
        ),
        axis="donnees",
        format="conference",
        minutes=45,
        do="Manipuler les capteurs, lire les courbes, repérer celles qui mentent.",
        leave_with="La notice de montage et les données brutes.",
        needs="Deux tables au fond de la salle pour les capteurs.",
        licence="CC-BY-4.0",
        name="Isabelle Corbel",
        structure="Collège des Dervallières, Nantes",
        email="isabelle.corbel@college.example",
        began=(6, 7),
        stage="ready",
        reason="missing_subject",
    ),
    Proposed(
        title="L’identité numérique expliquée à mon guichet",
        intention=(
            "FranceConnect, identifiants, codes reçus par SMS sur un téléphone qui n’est pas le bon… Une demi-journée de guichet racontée par "
            "celles et ceux qui la vivent, devant les personnes qui conçoivent les services."
        ),
        axis="donnees",
        format="table-ronde",
        minutes=75,
        do="Interrompre : à chaque difficulté reconnue dans la salle, on s’arrête et on la note.",
        leave_with="Une liste de difficultés classées, remise aux équipes des services en ligne.",
        needs="Une estrade n’est pas nécessaire : un cercle suffit.",
        name="Rachel Bonnefoy",
        structure="Maison de services au public du Val de Sioule",
        email="rachel.bonnefoy@valdesioule.example",
        began=(6, 14),
        stage="published",
    ),
    Proposed(
        title="Portabilité : repartir avec ses données, mode d’emploi",
        intention=(
            "Le nouveau règlement donne le droit de repartir avec ses données. Nous avons essayé avec onze services, montre en main. Trois ont "
            "répondu en une journée, deux n’ont jamais répondu. On recommence ensemble ?"
        ),
        axis="donnees",
        format="atelier",
        minutes=60,
        do="Faire une vraie demande depuis son téléphone, pas à pas, et regarder ce qui arrive.",
        leave_with="Ses propres données, et le tableau des onze services.",
        name="Quentin Delorme",
        structure="Framalibre Lyon",
        email="quentin.delorme@libre.example",
        began=(6, 18),
        stage="answered",
        outcome="not_this_time",
        reason="many",
    ),
    Proposed(
        title="Blockchain et confiance : la révolution des territoires",
        intention=(
            "Présentation de notre solution de certification par chaîne de blocs pour les collectivités : diplômes, délibérations, votes. "
            "Démonstration en direct et retours de nos premiers clients."
        ),
        axis="donnees",
        format="conference",
        minutes=45,
        do="Assister à la démonstration et poser des questions.",
        leave_with="Une vision claire des usages de la chaîne de blocs.",
        needs="Vidéoprojecteur et connexion filaire.",
        licence="CC-BY-NC-SA-4.0",
        name="Édouard Vasseur",
        structure="Certitrust",
        email="e.vasseur@certitrust.example",
        began=(6, 20),
        stage="withdrawn",
    ),
    # Communs
    Proposed(
        title="Écrire à vingt mains un module de formation, et le garder vivant",
        intention=(
            "Onze structures, un module « premiers pas » commun, une seule version à jour. Nous sommes passés par toutes les colères : les "
            "logos, les virgules, les droits. Ce qui tient aujourd’hui tient grâce à quatre règles."
        ),
        axis="communs",
        format="atelier",
        minutes=90,
        do="Écrire en une heure une fiche à vingt mains, sans se disputer, puis décider qui en prend soin.",
        leave_with="La fiche, publiée, et les quatre règles.",
        needs="Des tables de cinq, une bonne connexion.",
        name="Léna Kervella",
        structure="La Ligue de l’enseignement 35",
        email="lena.kervella@ligue35.example",
        began=(5, 15),
        reason="exchange",
    ),
    Proposed(
        title="Passer une mairie au logiciel libre : cinq ans de couloirs",
        intention=(
            "Cent quarante agents, neuf services, un changement de maire au milieu. Je ne viens pas dire que c’est facile. Je viens avec la "
            "liste des couloirs où cela s’est joué : la machine à café, le comité technique, la chaise de la personne qui ne voulait pas."
        ),
        axis="communs",
        format="conference",
        minutes=45,
        do="Écouter vingt minutes, puis raconter son propre couloir à deux personnes que l’on ne connaît pas.",
        leave_with="Le calendrier réel (pas celui du projet), et les coûts avant et après.",
        needs="Un vidéoprojecteur.",
        name="Pascal Rigaudeau",
        structure="Ville de Fontaine-les-Prés",
        email="pascal.rigaudeau@fontaine.example",
        began=(5, 18),
        reason="field",
    ),
    Proposed(
        title="Quelle licence pour nos supports ? La partie de cartes",
        intention=(
            "Entre le tout-gratuit qui se fait piller et le tout-fermé qui prend la poussière, il y a des licences. Un jeu de cartes pour les "
            "comprendre en jouant, sans un mot de latin juridique."
        ),
        axis="communs",
        format="autre",
        described="Un jeu de cartes, par tables de cinq",
        minutes=60,
        do="Jouer trois manches : choisir une licence, subir une réutilisation imprévue, négocier.",
        leave_with="Le jeu, à imprimer, et une licence choisie pour son prochain support.",
        needs="Six tables de cinq.",
        licence="CC-BY-4.0",
        name="Sophie Arnaud-Petit",
        structure="Bibliothèque départementale du Gers",
        email="s.arnaudpetit@gers.example",
        began=(5, 23),
        reason="exchange",
        edits=[(6, 1, {"licence": "CC-BY-SA-4.0"}), (6, 11, {"minutes": 75})],
    ),
    Proposed(
        title="Wikipédia en bibliothèque : d’un atelier isolé à un rendez-vous",
        intention=(
            "Un premier atelier où personne n’est venu, un deuxième avec trois dames passionnées de lavoirs, et aujourd’hui cinquante "
            "contributrices et contributeurs par trimestre. Voici ce qui a fait la différence."
        ),
        axis="communs",
        format="atelier",
        minutes=90,
        do="Améliorer un article sur un lieu nantais, avec les documents que les archives nous prêtent.",
        leave_with="Une première contribution en ligne, et le calendrier type d’une année d’ateliers.",
        needs="Douze ordinateurs ou de quoi brancher les siens.",
        name="Mathilde Jaouen",
        structure="Bibliothèque de Rennes Métropole",
        email="mathilde.jaouen@rennes.example",
        began=(5, 31),
        reason="field",
    ),
    Proposed(
        title="L’État dans les communs : partenaire, client ou propriétaire ?",
        intention=(
            "Quand une administration finance un logiciel libre, qui décide de la suite ? Nous mettons autour de la table une association qui a dit "
            "non, une direction qui a tout repris, et une collectivité qui a su partager. Avec de vraies conventions sous les yeux."
        ),
        axis="communs",
        format="table-ronde",
        minutes=90,
        do="Lire à voix haute trois clauses réelles, les réécrire par petits groupes, les confronter.",
        leave_with="Trois clauses réécrites, utilisables dans une convention.",
        needs="Une grande salle, quatre micros.",
        name="Antoine Belkacem",
        structure="La Coopérative des communs",
        email="antoine.belkacem@communs.example",
        began=(6, 6),
        reason="missing_subject",
    ),
    Proposed(
        title="Une bibliothèque d’objets, c’est aussi du numérique",
        intention=(
            "Une perceuse, un vidéoprojecteur, une machine à coudre : on les prête comme des livres. Le logiciel de prêt est libre, nous le "
            "maintenons à trois collectivités. Il nous manque des mains et des lieux."
        ),
        axis="communs",
        format="debat",
        minutes=60,
        do="Imaginer la bibliothèque d’objets de son quartier, et chercher ce qui coince.",
        leave_with="Une adresse pour essayer le logiciel et un règlement de prêt.",
        name="Océane Texier",
        structure="La Machinerie, Amiens",
        email="oceane@machinerie.example",
        began=(6, 12),
        stage="answered",
        outcome="local_edition",
        reason="local",
    ),
    Proposed(
        title="Entretenir un commun quand l’enthousiasme est passé",
        intention=(
            "On fête les lancements, jamais les troisièmes années. Qui répond aux courriels ? Qui paie le serveur ? Qui a le droit d’arrêter ? "
            "Une discussion pour les gens fatigués, et contents de l’être."
        ),
        axis="communs",
        format="debat",
        minutes=60,
        do="Parler à tour de rôle, sans présentation ni diapositive, avec un bâton de parole.",
        leave_with="Une liste de façons de passer la main, recueillie sur place.",
        needs="Un cercle de chaises.",
        name="Gwenola Prigent",
        structure="Association Mémoire vive",
        email="gwenola.prigent@memoirevive.example",
        began=(6, 15),
        stage="ready",
        outcome="open_space",
        reason="open_space",
    ),
    Proposed(
        title="Un dictionnaire des mots qui fâchent au guichet",
        intention=(
            "Navigateur, cloud, cookie, dématérialisation : une collecte de définitions données par celles et ceux que nous accompagnons. "
            "Nous en avons deux cents. Certaines sont meilleures que les nôtres."
        ),
        axis="communs",
        format="autre",
        described="Une lecture à voix haute, suivie d’une collecte",
        minutes=45,
        do="Écouter des définitions, en écrire, voter à main levée pour la plus juste.",
        leave_with="Le dictionnaire, en accès libre, augmenté de la récolte du jour.",
        name="Dominique Lehir",
        structure="Centre social du Blosne",
        email="dominique.lehir@blosne.example",
        began=(6, 26),
        stage="published",
        name_is_public=False,
    ),
    Proposed(
        title="Cartes mentales et cahiers : garder trace de ce qu’on apprend",
        intention="Comparer nos manières de documenter un atelier, du carnet au wiki.",
        axis="communs",
        format="atelier",
        minutes=60,
        do="",
        leave_with="",
        name="Estelle Vigneron",
        structure="",
        email="estelle.vigneron@courriel.example",
        began=(6, 29),
        stage="draft",
        licence="",
    ),
    Proposed(
        title="Le numérique sobre, par où commencer dans une petite équipe",
        intention="",
        axis="",
        format="",
        minutes=0,
        do="",
        leave_with="",
        name="",
        structure="",
        email="romain.thebault@courriel.example",
        began=(7, 1),
        stage="draft",
        licence="",
    ),
]


@dataclass(frozen=True, kw_only=True)
class CoAuthor:
    """Somebody who joined a proposal of the demo, named by the start of its title."""

    title: str
    email: str
    name: str
    structure: str
    part: str
    on: tuple[int, int]
    name_is_public: bool = True


CO_AUTHORS = [
    CoAuthor(
        title="La médiathèque ouverte le dimanche",
        email="jeanne.prigent@lanvallay.example",
        name="Jeanne Prigent",
        structure="habitante, au comptoir le dimanche",
        part="co_facilitates",
        on=(6, 2),
    ),
    CoAuthor(
        title="La médiathèque ouverte le dimanche",
        email="mehdi.brahimi@rennes.example",
        name="Mehdi Brahimi",
        structure="Les Champs Libres",
        part="takes_notes",
        on=(6, 18),
        name_is_public=False,
    ),
    CoAuthor(
        title="Repair café numérique",
        email="awa.diop@emmaus-connect.example",
        name="Awa Diop",
        structure="Atelier du Bas-Chantenay",
        part="co_facilitates",
        on=(6, 5),
    ),
    CoAuthor(
        title="Fresque des traces",
        email="celestine.morel@courriel.example",
        name="Célestine Morel",
        structure="",
        part="speaks",
        on=(6, 20),
    ),
]

#: What proposals of the demo look for: start of the title, part, words, day.
WANTED = [
    ("Repair café numérique", "helps", "Deux fers à souder et une personne qui sait s’en servir", (6, 6)),
    ("Une borne d’écoute", "co_facilitates", "Une personne à l’aise avec le son, pour co-animer", (6, 25)),
    ("Une borne d’écoute", "speaks", "Un cas venu d’une bibliothèque rurale", (6, 25)),
    ("Wikipédia en bibliothèque", "takes_notes", "Quelqu’un pour prendre des notes dans le wiki de la rencontre", (6, 22)),
    ("Algorithmes publics", "speaks", "Une agente ou un agent qui a déjà répondu à une demande d’explication", (6, 19)),
    ("Fresque des traces", "helps", "Un rouleau de papier de dix mètres et un grand mur", (6, 21)),
]

#: Help that waits for Bruno's answer: name, e-mail, what for, words.
HELP = [
    (
        "Solenn Le Goff",
        "solenn.legoff@bibliotheque-rurale.example",
        "Un cas venu d’une bibliothèque rurale",
        "Notre bibliothèque tient dans une ancienne école de 60 m². Nous avons enregistré les anciennes et anciens du marché l’hiver "
        "dernier : je peux venir avec trois extraits et ce que nous avons raté.",
    ),
]

#: Other words, suggested to Bruno: field, text, why, name, e-mail.
SUGGESTED = [
    (
        "title",
        "Une borne d’écoute bricolée pour que le quartier se raconte",
        "Ce sont les gens qui racontent, pas la borne.",
        "Odile Tanguy",
        "odile.tanguy@courriel.example",
    ),
]

#: Two whose authors were asked to bring them together: start of each title, words.
MERGE = (
    "L’identité numérique expliquée",
    "Un dictionnaire des mots qui fâchent",
    "Vos deux ateliers se passent au guichet et cherchent les mots justes. À deux, en 90 minutes, on pourrait expliquer l’identité "
    "numérique avec les mots du dictionnaire, et repartir avec une affiche commune.",
)
