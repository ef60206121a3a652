"""What the columns of the tables that `cafe score` writes mean: (column, meaning, unit), in French."""

from analysis import gaps, materiality, regnier, views

SHARE, CODE, PEOPLE = "part de 0 à 1", "code", "personnes"
_PLACES = {
    "group": ("groupe, quand la vue en fixe un", CODE),
    "subgroup": ("sous-groupe, quand la vue en fixe un", CODE),
    "profile": ("profil, quand la vue en fixe un", CODE),
    "source": ("façon de répondre, quand la vue en fixe une", CODE),
    "target": ("population prioritaire, quand la vue en fixe une", CODE),
}
_COMMON = _PLACES | {
    "section": ("ce que la question demande", CODE),
    "measure": ("expressed : part des réponses exprimées ; cited : part des personnes ; score : points, "
                "ou moyenne des notes dans usages.dependance", CODE),
    "view": ("total, all (tous les groupes), group, subgroup, profile, source, target, group_target", CODE),
    "option": ("option du référentiel, ou ajoutée", CODE),
    "n": ("personnes qui ont cette mesure ici", PEOPLE),
    "kish": ("taille efficace de Kish : G² / Σ(1/n_g)", PEOPLE),
    "rank": ("rang dans la vue, du plus haut au plus bas", "rang"),
    "fragile": ("fragile : groupe de moins de 5 personnes ; indicatif : la vue en contient un", "mention"),
    "low": ("borne basse de l’intervalle de stabilité à 95 %, vide sous 2 unités", "comme la valeur"),
    "high": ("borne haute de l’intervalle de stabilité à 95 %, vide sous 2 unités", "comme la valeur"),
    "value": ("valeur, chaque groupe pesant autant", "part de 0 à 1, ou note de 1 à 5"),
    "unweighted": ("valeur, toutes les personnes ensemble", "part de 0 à 1, ou note de 1 à 5"),
}  # fmt: skip
_GAPS = _COMMON | {
    "way": ("answers : classements, choix et notes ; words : tags des textes", CODE),
    "group": ("groupe comparé aux autres", CODE),
    "value": ("valeur du groupe, parmi les personnes interrogées de cette façon", "comme la mesure"),
    "others": ("moyenne des valeurs des autres groupes", "comme la mesure"),
    "gap": ("écart : value − others", "comme la mesure"),
    "p": ("probabilité d’un tel écart par le seul tirage ; vide quand les tirages ne bougent pas", "de 0 à 1"),
    "q": ("p corrigé sur toute la section (Benjamini–Hochberg)", "de 0 à 1"),
    "separated": ("1 si q ≤ 0,05", "0 ou 1"),
    "fragile": ("fragile : le groupe, ou un de ceux comparés, a moins de 5 personnes", "mention"),
    "w_between": ("W de Kendall entre les groupes, corrigé des ex æquo", "de 0 à 1"),
    "mean_rho": ("ρ moyen entre groupes : (G·W − 1) / (G − 1)", "de −1 à 1"),
    "w_within": ("W de Kendall entre les personnes du groupe", "de 0 à 1"),
}
_REGNIER = _COMMON | {
    "statement": ("énoncé", CODE),
    "scale": ("colours : 5 à 1 ; words : incontournable, souhaitable, dilemme, contre", CODE),
    "n": ("personnes qui ont répondu, silences compris", PEOPLE),
    "opinions": ("personnes qui ont donné un niveau", PEOPLE),
    **{f"colour_{level}": (f"part du niveau {level} parmi les avis", SHARE) for level in regnier.COLOURS},
    **{level: (f"part de « {level} » parmi les avis", SHARE) for level in regnier.WORDS},
    "blanc": ("part de ceux qui ne savent pas, parmi tous", SHARE),
    "noir": ("part de ceux qui ne se prononcent pas, parmi tous", SHARE),
    "mean": ("moyenne des couleurs", "de 1 à 5"),
    "net": ("incontournable + souhaitable − contre", "de −1 à 1"),
    "consensus": ("1 − D de Leik, sur les niveaux de l’échelle", "de 0 à 1"),
    "agreement": ("A de van der Eijk, sur les niveaux de l’échelle", "de −1 à 1"),
    "rank": ("rang dans la vue et l’échelle : moyenne ou net, puis consensus", "rang"),
}
_MATERIALITY = _COMMON | {
    "family": ("famille de propositions", CODE),
    "theme": ("thème", CODE),
    "proposition": ("proposition", CODE),
    **{axis + figure: (meaning.format(where), unit)
       for axis, where in (("external", "externes"), ("internal", "internes"))
       for figure, meaning, unit in (
           ("", "part de ceux qui la tiennent parmi ceux qui parlent du thème, moyenne des groupes {}", SHARE),
           ("_low", "borne basse de l’intervalle de stabilité à 95 %, groupes {}", SHARE),
           ("_high", "borne haute de l’intervalle de stabilité à 95 %, groupes {}", SHARE),
           ("_n", "personnes des groupes {} qui parlent du thème", PEOPLE),
           ("_groups", "nombre de groupes {} qui parlent du thème", "groupes"))},
    "unset": ("personnes qui la tiennent sans que leur position ait été notée", PEOPLE),
    "assumed": ("1 si des positions non notées comptent comme « souhaitable »", "0 ou 1"),
    "placement": ("prioritaire, à explorer, embarqué, selon les seuils ; vide sinon", "mention"),
    "fragile": ("indicatif : un des groupes a moins de 5 personnes", "mention"),
}  # fmt: skip


def _of(columns: tuple[str, ...], meanings: dict) -> list[tuple[str, str, str]]:
    return [(column, *meanings[column]) for column in columns]


DICTIONARIES = {
    "scores": _of(views.COLUMNS, _COMMON),
    "gaps": _of(gaps.COLUMNS, _GAPS),
    "regnier": _of(regnier.COLUMNS, _REGNIER),
    "materiality": _of(materiality.COLUMNS, _MATERIALITY),
}
