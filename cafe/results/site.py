"""The pages of the results, as data: what each shows, in the order of the restitution."""

from dataclasses import dataclass


@dataclass(frozen=True)
class SectionTitle:
    """A section of the scores: its title, and the noun of what people cite in it."""

    name: str
    title: str
    noun: str = "réponse"

    @property
    def family(self) -> str:
        return {"freins": "freins", "populations": "populations", "usages": "usages"}.get(
            self.name.split(".")[0], self.name
        )


@dataclass(frozen=True)
class SitePage:
    slug: str
    title: str
    words: str
    sections: tuple[SectionTitle, ...] = ()
    template: str = "results/section.html"


def _section(name: str, title: str, noun: str = "réponse") -> SectionTitle:
    return SectionTitle(name, title, noun)


PAGES = (
    SitePage("liens", "Liens et mots", "Ce que la précarité et le numérique se font l’un à l’autre.",
             (_section("liens", "Le lien entre précarité et numérique"),), "results/links.html"),
    SitePage("initiatives", "Initiatives", "Ce que les personnes connaissent déjà.",
             (_section("initiatives", "Les initiatives citées", "initiative"),)),
    SitePage("populations", "Populations", "Qui est le plus touché, qui aider d’abord.", (
        _section("populations", "La population à aider d’abord", "population"),
        _section("populations.touchees", "Les plus touchées", "population"),
        _section("populations.citees", "Celles dont on parle", "population"))),
    SitePage("usages", "Usages", "Ce qu’il faut pouvoir faire en ligne.", (
        _section("usages.dependance", "Dépendance au numérique, de 1 à 5", "usage"),
        _section("usages.critiques", "Les usages critiques", "usage"),
        _section("usages", "Ceux dont on parle", "usage"))),
    SitePage("freins", "Freins", "Ce qui bloque, par enjeu et par champ d’action.", (
        _section("freins.enjeux", "Les quatre enjeux", "enjeu"),
        _section("freins.champs", "Les champs d’action", "champ"))),
    SitePage("raisons", "Raisons", "Pourquoi l’opérateur devrait s’engager.",
             (_section("raisons", "Les raisons de s’engager", "raison"),)),
    SitePage("essentiels", "Essentiels", "Les propositions, de la plus à la moins attendue.",
             (_section("essentiels", "Les propositions", "proposition"),), "results/essentials.html"),
    SitePage("facteurs", "Facteurs clés", "Ce qui ferait réussir.", (
        _section("experience_client", "Expérience du client"),
        _section("partenariats", "Partenariats"),
        _section("modele_economique", "Modèle économique"))),
    SitePage("organisation", "Gouvernance et impact", "Qui décide, avec qui, et comment mesurer.", (
        _section("gouvernance", "Gouvernance"),
        _section("acteurs_internes", "Acteurs internes"),
        _section("mesure_impact", "Mesure de l’impact"))),
    SitePage("regnier", "Régnier", "Les affirmations et les votes, en couleurs et en signes.", (),
             "results/regnier.html"),
    SitePage("ecarts", "Écarts", "Où les groupes se rejoignent, où ils se séparent.", (), "results/gaps.html"),
    SitePage("triptyques", "Triptyques", "Population, usage, frein, et ce qui est proposé.", (),
             "results/triptychs.html"),
)  # fmt: skip
BY_SLUG = {page.slug: page for page in PAGES}
# Sections asked as notes are means, not shares.
MEANS = ("usages.dependance",)
