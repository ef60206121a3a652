"""How people spell on a phone: the shorthand of messages, and words written as they sound."""

import re
from functools import lru_cache

CACHE = 50_000
# What stands for another word, whatever is around it.
SHORTHAND = dict(
    pair.split(":")
    for pair in (
        "pa:pas tro:trop pb:problème pbs:problèmes pblm:problème bcp:beaucoup tt:tout ts:tous qd:quand ds:dans ss:sans "
        "pr:pour ki:qui ke:que koi:quoi jms:jamais tjs:toujours tjrs:toujours mtn:maintenant svt:souvent gd:grand "
        "ordi:ordinateur ordis:ordinateurs tel:téléphone tél:téléphone co:connecter conect:connexion asso:association "
        "assos:associations admin:administration doc:document docs:documents info:information infos:informations "
        "qqun:quelqu qqn:quelqu jai:ai ya:a jarive:arrive jarrive:arrive"
    ).split()
)
# In order: letters that sound alike, then what is not heard at the end.
SOUNDS = [
    (re.compile(pattern), sounds)
    for pattern, sounds in (
        ("ph", "f"),
        ("eaux?|au", "o"),
        ("qu|q|ck|c(?![eiyh])", "k"),
        ("c(?=[eiy])", "s"),
        ("[ae]i", "e"),
        ("y", "i"),
        ("gn", "n"),
        ("g(?=[ei])", "j"),
        ("z", "s"),
        ("x", "ks"),
        ("(?<!c)h", ""),
        ("t(?=ion)", "s"),
        ("[ae][nm](?![aeiou])", "an"),
        ("[ie]in|in(?![aeiou])", "in"),
        (r"(.)\1", r"\1"),
        (r"(?:ent|es|er|ez|e|s|t|d|x)\Z", ""),
    )
]


@lru_cache(maxsize=CACHE)
def sound(folded: str) -> str:
    """A key that words of the same sounds share: « numerik » and « numerique », « konexion » and « connexion »."""
    for pattern, sounds in SOUNDS:
        folded = pattern.sub(sounds, folded)
    return folded
