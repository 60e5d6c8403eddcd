"""Estonian alphabetical order."""

import random
import unicodedata

import pytest

from kaasav.alphabet import estonian

ORDER = [
    ["Saku vald", "Šarlota vald", "Zeta vald", "Žanri vald", "Tartu linn", "Vormsi vald", "Õru vald", "Ääsmäe", "Öisu", "Ülenurme", "Xanadu", "York"],
    ["Narva linn", "Narva-Jõesuu linn", "Narvakese vald"],
    ["Tartu linn", "Tartu vald", "Tartumaa"],
    ["Lääne-Harju vald", "Lääne-Nigula vald", "Lääneranna vald"],
    ["Vald 2", "Vald a"],
    ["Emil", "Émile", "Emils"],
    ["Zulu", "Zürich", "Žurnaal"],
    ["Üle", "Выру", "漢字"],
]  # fmt: skip


@pytest.mark.parametrize("names", ORDER)
def test_the_order(names):
    mixed = random.Random(1).sample(names, len(names))
    assert sorted(mixed, key=estonian) == names


def test_capitals_and_unicode_form_do_not_matter():
    name = "Põlva vald"
    assert estonian(name)[0] == estonian(name.upper())[0] == estonian(unicodedata.normalize("NFD", name))[0]


def test_it_is_not_the_order_of_code_points():
    names = ORDER[0]
    assert sorted(names) != names
