"""Estonian words made comparable: folded, and without the commonest endings."""

import re

_WORD = re.compile(r"[^\W\d_]{3,}")
_ENDINGS = (
    "idesse", "idest", "idega", "idele", "idelt", "desse", "iseks", "mises", "misest", "mist", "mise", "mine", "dest",
    "dega", "dele", "dele", "tega", "test", "tele", "ides", "ide", "des", "tes", "sse", "ele", "elt", "est", "ega",
    "iks", "ist", "iga", "ile", "ilt", "tud", "nud", "takse", "vad", "de", "te", "ga", "ks", "le", "lt", "st", "ni",
    "na", "id", "sid", "ed", "ad", "ud", "us", "es", "as", "is", "se", "el", "al", "il", "ul", "e", "a", "i", "u", "o",
    "d", "t", "s", "l",
)  # fmt: skip
_ORDERED = tuple(sorted(set(_ENDINGS), key=len, reverse=True))
_SHORTEST = 4
_EMPTY = frozenset(
    """aasta ainult alates antud aga alla asja edasi ehk ette ega enda enne eest haldus igal iga ise jaoks jooksul juba
    juures kaasa kaks kas keda kelle kes kogu kohta koik kui kuid kuidas kus käes käesolev küll lisaks läbi meie mida
    miks mille milles millal mis mitte mõne need neid nende nii ning nagu oleks olema oli olla oma omavalitsus
    omavalitsuse on ole peab pole pärast saab seda sealhulgas selle selles sellest siis sama tema teha tuleb uus
    vaid valla vald vallas vallavalitsus volikogu või väga võib võiks välja üks üle ühe
    kolm neli kord see the and for with that""".split()  # noqa: SIM905 (a list of words reads better as text)
)


def stem(word: str) -> str:
    """``word`` in lower case without its ending; at least four letters stay."""
    folded = word.casefold()
    for ending in _ORDERED:
        if folded.endswith(ending) and len(folded) - len(ending) >= _SHORTEST:
            return folded[: -len(ending)]
    return folded


def stems(text: str) -> frozenset[str]:
    """The stems of the words in ``text`` that mean something by themselves."""
    return frozenset(stem(word) for word in _WORD.findall(text) if word.casefold() not in _EMPTY)
