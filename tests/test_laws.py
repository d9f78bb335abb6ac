"""What the laws say of each category: held to the texts of the laws, and to taxonomies that others keep."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from discreet.catalogue.categories import categories
from discreet.catalogue.laws import REGARDS, REGIMES, Legal, laws, legal, regard_of, sentence, standing

DPV = Path(__file__).parent / "dpv_pd_2_3.txt"

ARTICLE_9 = {
    "racial or ethnic origin": "ethnicity",
    "political opinions": "political_opinion",
    "religious or philosophical beliefs": "religion",
    "trade union membership": "union_membership",
    "genetic data": "genetic_data",
    "biometric data for the purpose of uniquely identifying": "fingerprint face_template iris_scan voiceprint",
    "data concerning health; recital 35 names numbers that stand for a patient": (
        "health mental_health treatment disability medical_record_number health_insurance_id"
    ),
    "sex life or sexual orientation": "sexual_orientation",
}
ARTICLE_28 = {
    "biometric identification": "fingerprint face_template iris_scan voiceprint genetic_data",
    "religious beliefs": "religion",
    "medical health": "health mental_health treatment medical_record_number",
    "financial accounts": "bank_account card_number card_security payment_account pin",
    "individual whereabouts": "location location_history",
    "minors under 14": "child_data",
    "GB/T 45574-2025 beyond the article": "disability criminal_record credit_score salary sexual_orientation",
}
CCPA_SENSITIVE = {
    "(1)(A) social security, driver's licence, state identification card, passport": (
        "national_id driving_licence passport"
    ),
    "(1)(C) precise geolocation": "location location_history",
    "(1)(D) origin, citizenship or immigration status, belief, union": (
        "ethnicity nationality immigration_id religion union_membership"
    ),
    "(1)(E) contents of mail, email and text messages": "message_content",
    "(1)(F) genetic data": "genetic_data",
    "(2)(A) biometric information": "fingerprint face_template iris_scan voiceprint",
    "(2)(B) health": (
        "health mental_health treatment disability medical_record_number health_insurance_id vital_signs"
    ),
    "(2)(C) sex life or orientation": "sexual_orientation",
    "11 CCR 7001: known to be under 16": "child_data",
}
CCPA_WITH_A_CODE = (
    "username password pin one_time_code session_token card_number card_security bank_account payment_account"
)
IDENTIFIERS = {
    "A": "name first_name last_name family_member",
    "B": "postal_address postcode location coarse_location location_history birth_place",
    "C": "date_of_birth age",
    "D": "phone",
    "E": "fax",
    "F": "email",
    "G": "national_id",
    "H": "medical_record_number",
    "I": "health_insurance_id",
    "J": "card_number bank_account payment_account",
    "K": "passport driving_licence immigration_id birth_certificate",
    "L": "vehicle_registration",
    "M": "device_id mac_address",
    "N": "personal_url",
    "O": "ip_address",
    "P": "fingerprint face_template iris_scan voiceprint",
    "Q": "photo",
    "health": "health mental_health treatment disability genetic_data vital_signs",
}


def keys(listed: dict[str, str]) -> set[str]:
    return {key for words in listed.values() for key in words.split()}


def that(**said: str) -> set[str]:
    """The categories of which a law says something."""
    ((law, word),) = said.items()
    return {key for key, row in legal().items() if getattr(row, law) == word}


def test_every_category_stands_in_the_laws_in_the_same_order() -> None:
    assert list(legal()) == list(categories())
    assert tuple(laws()) == REGIMES


def test_gdpr() -> None:
    assert that(gdpr="article 9") == keys(ARTICLE_9)
    assert that(gdpr="article 10") == {"criminal_record"}
    assert "photo" not in that(gdpr="context"), "recital 51: a photo is biometric only when a face is measured in it"


def test_pipl() -> None:
    assert that(pipl="sensitive") == keys(ARTICLE_28)
    for key in that(pipl="sensitive"):
        assert legal()[key].gbt45574 != "ordinary"
    for key in ("national_id", "passport", "driving_licence", "immigration_id"):
        assert (legal()[key].gbt35273, legal()[key].gbt45574, legal()[key].pipl) == ("sensitive", "ordinary", "context")


def test_ccpa() -> None:
    assert that(ccpa="sensitive") == keys(CCPA_SENSITIVE)
    assert that(ccpa="context") == {*CCPA_WITH_A_CODE.split(), "person", "voice"}


def test_hipaa() -> None:
    for letter, words in IDENTIFIERS.items():
        assert that(hipaa=letter) == set(words.split())
    assert list(laws()["hipaa"].identifiers) == list("ABCDEFGHIJKLMNOPQR")
    for letter in laws()["hipaa"].identifiers:
        assert that(hipaa=letter), f"nothing is an identifier {letter}"


def test_three_laws_protect_all_personal_data_and_hipaa_some() -> None:
    for regime in ("gdpr", "pipl", "ccpa"):
        assert [key for key in categories() if regard_of([key], [regime]) == "none"] == []
    spoken_of = {key for key in categories() if regard_of([key], ["hipaa"]) != "none"}
    assert spoken_of == {key for key, row in legal().items() if row.hipaa is not None}
    assert {"gender", "religion", "password", "salary"}.isdisjoint(spoken_of)


@pytest.mark.parametrize(
    ("words", "regimes", "regard"),
    [
        ("email health", "gdpr", "sensitive"),
        ("email criminal_record", "gdpr", "sensitive"),
        ("email person", "gdpr", "context"),
        ("email", "gdpr", "ordinary"),
        ("email health", "hipaa", "sensitive"),
        ("email gender", "hipaa", "listed"),
        ("gender", "hipaa", "none"),
        ("gender", "hipaa pipl", "ordinary"),
        ("location", "gdpr ccpa", "sensitive"),
        ("password", "ccpa", "context"),
        ("", "gdpr", "none"),
    ],
)
def test_the_strictest_law_about_the_worst_category_counts(words: str, regimes: str, regard: str) -> None:
    assert regard_of(words.split(), [each for each in REGIMES if each in regimes.split()]) == regard
    assert regard in REGARDS


def test_the_sentence() -> None:
    assert sentence("health") == (
        "Health data: special category under GDPR Art. 9, sensitive under PIPL Art. 28 and CCPA 1798.140(ae), health "
        "information under HIPAA, because it can cost a person work, insurance and peace."
    )
    assert standing("card_number") == (
        "sensitive under PIPL Art. 28, at times sensitive under CCPA 1798.140(ae), personal data under GDPR, HIPAA "
        "identifier J"
    )
    assert standing("criminal_record").startswith(
        "criminal conviction under GDPR Art. 10, sensitive under PIPL Art. 28"
    )
    assert standing("gender") == "personal data under GDPR, PIPL and CCPA"


@pytest.mark.parametrize("key", list(categories()))
def test_each_sentence_is_one_and_names_each_law_once(key: str) -> None:
    said = sentence(key)
    assert re.fullmatch(r"[A-Z][^\n]+ because [a-z][^\n]+\.", said)
    assert len(said) < 320
    told = standing(key)
    for law in ("GDPR", "PIPL", "CCPA"):
        assert told.count(law) == 1
    assert told.count("HIPAA") == (legal()[key].hipaa is not None)


def test_a_row_takes_nothing_else() -> None:
    import msgspec

    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"why": "x", "gdpr": "article 8"}, Legal)
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"why": "x", "lgpd": "sensitive"}, Legal)


# -- taxonomies that others keep --------------------------------------------------------------------------------------


def test_every_fides_key_is_one() -> None:
    from fideslang.default_taxonomy import DEFAULT_TAXONOMY

    known = {category.fides_key for category in DEFAULT_TAXONOMY.data_category}
    assert "user.contact.email" in known
    assert {key: category.fides for key, category in categories().items() if category.fides not in known} == {}


def test_every_dpv_term_is_one_and_agrees_with_article_9() -> None:
    lines = [line.split() for line in DPV.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    terms = {line[0]: "special" in line[1:] for line in lines}
    assert {key: category.dpv for key, category in categories().items() if category.dpv not in terms} == {}
    special = {key for key, category in categories().items() if terms[category.dpv]}
    assert that(gdpr="article 9") <= special <= that(gdpr="article 9") | that(gdpr="context")
