"""A référentiel of a few lines, on bicycles: the tagger knows nothing of digital but what it is given."""

BICYCLES = """
slug: velo
label: Le vélo
version: 2
notions:
  velo: [vélo|bicyclette|vélos]
  cher: [cher|prix|coût]
  facile: [facile]
  pas_un_souci: [non:souci|problème, pas|aucun souci|problème]
families:
  freins:
    label: Freins
    subject: velo
    denial: pas_un_souci
    tags:
      acces:
        label: Accès
        tags:
          cout:
            label: Coût
            definition: Le prix.
            follow_up: Combien ?
            rules: ["oui:@cher &4 @velo", {if: budget, also: [atelier]}]
          vol: {label: Vol, rules: [voler|vol, {if: cadenas, nowhere: [musée]}]}
          piste: {label: Piste, rules: [piste ..1 cyclable, {if: route, unless: [fleuri]}, non:trottoir]}
          bref: {label: Bref, rules: [{if: bonjour, within: 4}]}
  gens:
    label: Gens
    tags:
      enfants: {label: Enfants, rules: [enfant, =écoliers, collég*]}
      autres: Autres
"""
