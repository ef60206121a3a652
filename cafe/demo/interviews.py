"""A hundred made-up stakeholders who were met, in four groups, and what analysts made of what they proposed."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from sqlalchemy import func, insert, select, update

from cafe.corpus.models import Contribution, Tag
from cafe.demo.guide_fiction import answer_all, draw_voice
from cafe.demo.guide_rows import A_STEP, Sitter, add_sittings
from cafe.demo.newcomers import add_group, add_people
from cafe.demo.people import PLACES
from cafe.demo.questionnaires import GROUP as MET_ALONE
from cafe.extensions import run
from cafe.guide.definition import Guide
from cafe.guide.models import NoteTaken, StepAnswer
from cafe.guide.published import current_guide
from cafe.people.models import Staff
from cafe.referential.services import current_tagger
from cafe.web import key_of

SEED, DAYS, REWORDED_EVERY, STANCE_RATE = 103, 60, 4, 0.7
# Group: label, side, how many are met, its subgroups.
GROUPS = {
    MET_ALONE: ("Bénéficiaires", "external", 22, ("Jeunes en insertion", "Demandeurs d’emploi", "Femmes")),
    "acteurs_terrain": (
        "Acteurs de terrain", "external", 30,
        ("Associations locales", "Élus et services publics", "Startups et entrepreneurs sociaux"),
    ),
    "influenceurs": (
        "Influenceurs", "external", 28,
        ("Associations nationales", "Autorités", "Experts", "Syndicats", "Grands groupes", "Business"),
    ),
    "operateur": ("Opérateur", "internal", 20, ("Dirigeants", "Experts", "Opérationnels")),
}  # fmt: skip
STANCES = ("incontournable", "incontournable", "souhaitable", "souhaitable", "souhaitable", "dilemme", "contre")
FAMILY = "essentiels"
# What a proposal about each champ asks for, as an analyst would name it.
PROPOSED = {
    "cout_internet": "offres_ciblees maitrise_depenses offres_logement_social",
    "couverture_reseau": "couverture",
    "qualite_equipement": "financement_equipement couplage_preferentiel",
    "cout_equipement": "financement_equipement couplage_preferentiel cheque_numerique",
    "choix_equipement": "couplage_preferentiel diagnostic_boutique",
    "lieu_acces": "lieu_mobile rural_seniors",
    "competences_digitales": "passeport_numerique rural_seniors cheque_numerique",
    "comprehension_interet": "diagnostic_boutique hotline_humaine",
    "craintes_securite": "securite_comprise coffre_fort",
    "competences_base": "personnel_forme hotline_humaine",
    "connaissance_droits": "outils_communs diagnostic_boutique",
    "identite_digitale": "identite_simple coffre_fort numero_conserve",
    "navigation": "hotline_humaine outils_communs",
    "compte_bancaire": "modalites_abonnement",
    "souscription_offre": "aide_choix_offres modalites_abonnement offres_par_aidants",
    "besoins_beneficiaires": "personnel_forme implication_salaries",
    "competences_aidants": "outillage_accompagnants metier_accompagnant",
    "coordination_aidants": "outils_communs fonds_solidaire",
    "moyens_aidants": "metier_accompagnant fonds_solidaire implication_salaries",
}


def add_interviews(now: datetime) -> None:
    """The people met, all that they answered, and the stances laid since; same seed, same answers."""
    draw, version = Random(SEED), current_guide()
    for code, (label, side, _, subgroups) in GROUPS.items():
        if code != MET_ALONE:
            add_group(code, label, subgroups, side)
    profiles = list(_profiles(draw))
    numbers = add_people(profiles, now - timedelta(days=DAYS))
    staff = dict(run(select(Staff.role, Staff.id)).tuples().all())
    sitters = [
        _sitter(number, profile, version.guide, staff["interviewer"], draw, now)
        for number, profile in zip(numbers, profiles, strict=True)
    ]
    sittings = add_sittings(version, "interview", sitters, key_of("cards"))
    _words_as_notes(sittings)
    _add_stances(sittings, staff["analyst"], draw, now)


def _profiles(draw: Random) -> Iterator[dict[str, str]]:
    for code, (_, _, met, subgroups) in GROUPS.items():
        for number in range(met):
            subgroup = subgroups[number % len(subgroups)]
            yield {"group_code": code, "subgroup": subgroup, "profile": "", "place": draw.choice(PLACES)}


def _sitter(number: int, profile: dict, guide: Guide, staff_id: int, draw: Random, now: datetime) -> Sitter:
    voice = draw_voice(draw, profile["group_code"], profile["subgroup"], spelling="careful")
    given = answer_all(guide, "interview", voice, draw)
    earlier = timedelta(minutes=draw.randrange(24 * 60, DAYS * 24 * 60))
    key = str(UUID(int=draw.getrandbits(128), version=4))
    return Sitter(number, key, given, now - earlier - A_STEP * (len(given) + 1), staff_id=staff_id)


def _words_as_notes(sittings: list[int]) -> None:
    """What was said in an interview is in its notes, one in four reworded."""
    said = StepAnswer.sitting_id.in_(sittings) & StepAnswer.contribution_id.is_not(None)
    place = func.row_number().over(partition_by=StepAnswer.sitting_id, order_by=StepAnswer.contribution_id)
    notes = select(
        StepAnswer.contribution_id, StepAnswer.sitting_id, StepAnswer.step, place,
        StepAnswer.contribution_id % REWORDED_EVERY == 0,
    ).where(said)  # fmt: skip
    run(insert(NoteTaken).from_select(["contribution_id", "sitting_id", "step", "place", "reworded"], notes))
    run(update(StepAnswer).where(said).values(contribution_id=None))


def _add_stances(sittings: list[int], staff_id: int, draw: Random, now: datetime) -> None:
    """An analyst read most proposals, named what each one asks for, and how much it is held to."""
    proposed = (
        select(Contribution.id, Contribution.about, func.length(Contribution.text))
        .join(NoteTaken, NoteTaken.contribution_id == Contribution.id)
        .where(NoteTaken.sitting_id.in_(sittings), NoteTaken.step.startswith(f"{FAMILY}@"))
        .order_by(Contribution.id)
    )
    decided = {"family": FAMILY, "origin": "human", "state": "confirmed", "staff_id": staff_id, "decided_at": now}
    version, tags = current_tagger().version, []
    for number, champ, length in run(proposed):
        if champ in PROPOSED and draw.random() < STANCE_RATE:
            said = {"code": draw.choice(PROPOSED[champ].split()), "stance": draw.choice(STANCES)}
            place = {"contribution_id": number, "start": 0, "end": length, "referential": version}
            tags.append(decided | said | place)
    run(insert(Tag), tags)
