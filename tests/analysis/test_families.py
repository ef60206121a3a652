"""Each tag of the families that gold does not label is heard in a sentence that its rules do not spell."""

import pytest

from analysis.referential import load_referential
from analysis.tagging import Tagger

SHIPPED = Tagger(load_referential())
LABELLED = {"freins", "populations", "usages"}
# family | tag | sentence
HEARD = """
liens|accentue_exclusion|Avec le numérique, ceux qui étaient déjà à la traîne sont encore plus exclus.
liens|accentue_exclusion|C'est une société à deux vitesses que l'informatique installe.
liens|levier|Grâce à Internet mon fils a trouvé une formation.
liens|levier|Le numérique est une chance pour ceux qui vivent loin de tout.
liens|incontournable|On ne peut plus vivre sans ordinateur.
liens|incontournable|Internet est devenu indispensable pour chercher du travail.
liens|isolement|Chacun reste seul devant son écran.
liens|isolement|On y perd le contact humain, tout se fait en ligne.
liens|question_acces|Il faut déjà pouvoir accéder à un ordinateur.
liens|question_accompagnement|Ma tante a besoin d'explications pour utiliser sa tablette.
initiatives|fondation_orange|J'ai vu un reportage sur la Fondation d'Orange.
initiatives|maisons_digitales|Les maisons digitales aident des femmes près de chez nous.
initiatives|fablabs_solidaires|Mon neveu va dans un fablab le mercredi.
initiatives|tarif_social|Il existe un abonnement social à la poste, je crois.
initiatives|sfr_emmaus_connect|SFR fait des choses avec Emmaüs.
initiatives|free_fondation|La fondation Free donne des subventions.
initiatives|free_tarifs|Avec Free le forfait est à deux euros.
initiatives|bouygues|Bouygues a une opération dans les quartiers.
initiatives|emmaus_connect|Emmaus Connect m'a vendu une recharge.
initiatives|cheque_aptic|On m'a donné un chèque numérique.
initiatives|pole_emploi|France Travail propose un atelier.
initiatives|mediatheques|La bibliothèque du quartier prête des tablettes.
initiatives|missions_locales|La mission locale m'a reçu.
initiatives|wetechcare|Les bons clics, le site de WeTechCare.
initiatives|la_poste|Au bureau de Poste il y a une borne.
initiatives|collectivites|Le CCAS organise des séances.
initiatives|associations_locales|Une association du village fait des ateliers.
raisons|responsabilite_societale|Une grande entreprise a une responsabilité envers la société.
raisons|reputation_image|L'opérateur le fait surtout pour son image.
raisons|nouveaux_clients|Orange veut fidéliser les gens.
raisons|contact_societe|Un opérateur doit rester proche du terrain.
raisons|puissance_publique|L'opérateur travaille avec les élus et l'État.
raisons|couts_evites|Moins d'impayés pour l'opérateur.
essentiels|offres_ciblees|Un forfait réservé aux petits revenus.
essentiels|financement_equipement|Il faudrait prêter des tablettes aux familles.
essentiels|couplage_preferentiel|Un pack avec l'ordinateur et l'abonnement.
essentiels|offres_logement_social|Le wifi compris dans le loyer de l'immeuble HLM.
essentiels|offres_par_aidants|Que l'association puisse vendre des recharges et des forfaits.
essentiels|couverture|Installez une antenne, le réseau ne passe pas.
essentiels|modalites_abonnement|Pouvoir payer son abonnement en espèces.
essentiels|maitrise_depenses|Une alerte avant de dépasser le forfait.
essentiels|aide_choix_offres|Quelqu'un pour comparer les offres des opérateurs.
essentiels|identite_simple|Un seul identifiant pour tous les sites.
essentiels|coffre_fort|Un coffre-fort numérique pour garder mes papiers.
essentiels|securite_comprise|Expliquer aux gens les arnaques sur Internet.
essentiels|numero_conserve|Pouvoir garder son numéro quand on ne paie plus le forfait.
essentiels|diagnostic_boutique|En boutique, un petit bilan puis être orienté vers un lieu numérique.
essentiels|rural_seniors|Aller voir les retraités des villages pour leur montrer Internet.
essentiels|personnel_forme|Que les vendeurs soient formés au numérique.
essentiels|passeport_numerique|Un certificat qui atteste des compétences numériques.
essentiels|hotline_humaine|Une vraie personne au téléphone chez l'opérateur.
essentiels|lieu_mobile|Un bus numérique dans chaque canton.
essentiels|outillage_accompagnants|Donner un kit aux travailleurs sociaux pour le numérique.
essentiels|implication_salaries|Que les salariés d'Orange donnent du temps comme bénévoles.
essentiels|cheque_numerique|Essayer le chèque numérique ici.
essentiels|outils_communs|Une cartographie commune des lieux numériques.
essentiels|metier_accompagnant|Reconnaître le métier de médiateur numérique.
essentiels|fonds_solidaire|Un fonds solidaire pour les projets numériques.
experience_client|standard_non_stigmatisant|Chez l'opérateur on veut la même offre que les autres, sans étiquette.
experience_client|proximite_physique|Une boutique près de chez moi pour ma box.
experience_client|abonnement_adapte|Un échéancier pour payer la facture de téléphone.
experience_client|prescription_tiers|L'opérateur devrait passer par les associations.
experience_client|interlocuteurs_formes|Des vendeurs patients qui expliquent le forfait.
experience_client|materiel_neuf_simple|Un téléphone simple avec de grosses touches.
partenariats|associations|Travailler avec les associations de quartier.
partenariats|collectivites|Un partenariat avec la mairie.
partenariats|etat|L'État doit s'associer à cela par un plan national.
partenariats|mediation|Les médiateurs numériques doivent être associés.
partenariats|entreprises|Mobiliser aussi les entreprises du coin.
partenariats|bailleurs|Coopérer avec les bailleurs.
modele_economique|cofinancement|Que l'État et l'opérateur financent à plusieurs.
modele_economique|fondation_mecenat|Le mécénat peut payer une partie.
modele_economique|social_business|Une entreprise sociale, sans but lucratif, au juste coût.
modele_economique|offre_payante_juste|Un prix juste, pas la gratuité.
modele_economique|fonds_dedie|Un fonds dédié payé par une taxe sur les opérateurs.
"""
OFF_SUBJECT = [
    "Le soleil brille sur la place du marché.",
    "Le prix du pain augmente et les salaires baissent.",
    "Mon image dans le miroir.",
    "Je paie le loyer en retard.",
    "Les élus de la commune votent le budget.",
    "Il a perdu son emploi à la mine.",
    "J’ai acheté un téléphone hier.",
    "Le camion de livraison bloque la rue.",
    "Mon fils passe un diplôme de boulanger.",
    "Le respect se perd.",
]


@pytest.mark.parametrize("line", HEARD.strip().split("\n"))
def test_each_tag_is_heard_in_a_plain_sentence(line):
    family, tag, sentence = line.split("|", 2)
    assert tag in {found.tag for found in SHIPPED.tag(sentence) if found.family == family}


def test_no_tag_that_rules_can_lay_is_left_without_a_sentence():
    heard = {tuple(line.split("|", 2)[:2]) for line in HEARD.strip().split("\n")}
    laid = {(family.code, tag.code) for family in SHIPPED.referential.families for tag in family.tags if tag.rules}
    assert {pair for pair in laid if pair[0] not in LABELLED} == heard


@pytest.mark.parametrize("sentence", OFF_SUBJECT)
def test_what_speaks_of_something_else_carries_none_of_them(sentence):
    assert not [found for found in SHIPPED.tag(sentence) if found.family not in LABELLED]
