"""What a person writes in a mark, and what comes back when it is not quite a word that we know."""

from __future__ import annotations

import pytest

from discreet.catalogue.categories import categories, groups, nearest, resolve, strongest_first
from discreet.catalogue.vocabulary import vocabulary


def test_the_commonest_kinds_of_personal_data_are_known() -> None:
    expected = (
        "email name first_name last_name phone postal_address postcode national_id passport driving_licence tax_id "
        "bank_account card_number card_security date_of_birth age gender health salary location photo religion "
        "ethnicity password one_time_code person message_content username ip_address device_id user_agent user_id"
    )
    assert set(expected.split()) <= categories().keys()
    assert len(categories()) >= 70


def test_keys_read_well_in_a_comment_and_ranks_are_an_order() -> None:
    ranks = [category.rank for category in categories().values()]
    assert all(key.isidentifier() and key == key.lower() for key in categories())
    assert ranks == sorted(set(ranks))
    assert all(
        category.holds and category.label and category.fides.startswith("user") for category in categories().values()
    )


def test_standing_tells_direct_from_online_from_opaque() -> None:
    standing = {key: category.standing for key, category in categories().items()}
    assert standing["email"] == standing["health"] == standing["password"] == "direct"
    assert standing["username"] == standing["ip_address"] == standing["device_id"] == "online"
    assert standing["user_id"] == "opaque"


def test_what_a_name_can_hardly_tell_is_never_reported() -> None:
    for key in ("consent", "preferred_language", "inferred_profile", "job_title"):
        assert categories()[key].standing == "opaque"


def test_the_harm_goes_with_the_standing_and_every_group_is_used() -> None:
    for category in categories().values():
        direct = category.standing == "direct"
        assert (category.harm in ("grave", "serious", "slight")) == direct
        assert direct or category.harm == category.standing
    assert {category.group for category in categories().values()} == groups().keys()


def test_no_word_is_claimed_by_two_categories() -> None:
    words = [word for key, category in categories().items() for word in {key, *category.aliases, category.label}]
    assert sorted(word for word in set(words) if words.count(word) > 1) == []


def test_every_vocabulary_speaks_only_of_known_categories() -> None:
    assert {term.category for term in vocabulary().terms.values()} <= categories().keys()


@pytest.mark.parametrize(
    ("word", "key"),
    [
        ("email", "email"),
        ("E-Mail", "email"),
        ("mail", "email"),
        ("contact.email", "email"),
        ("user.contact.email", "email"),
        ("email address", "email"),
        ("tel", "phone"),
        ("手机号", "phone"),
        ("address", "postal_address"),
        ("ssn", "national_id"),
        ("身份证", "national_id"),
        ("dob", "date_of_birth"),
        ("cvv", "card_security"),
        ("full name", "name"),
        ("surname", "last_name"),
        ("otp", "one_time_code"),
        ("PIN", "pin"),
        ("medication", "treatment"),
        ("mac address", "mac_address"),
        ("vin", "vehicle_registration"),
        ("fin.credit", "credit_score"),
        ("病历号", "medical_record_number"),
        ("license plate", "vehicle_registration"),
        ("access_token", "session_token"),
        ("pii", "person"),
        ("user.government_id.national_identification_number", "national_id"),
        ("user.location.precise", "location"),
        ("user.location.imprecise", "coarse_location"),
        ("user.financial", "salary"),
        ("user.financial.credit_card", "card_number"),
        ("user.health_and_medical", "health"),
        ("user.demographic", "nationality"),
        ("user.authorization.credentials", "one_time_code"),
        ("user.device.device_id", "device_id"),
        ("user", "person"),
    ],
)
def test_a_category_answers_to_its_other_names(word: str, key: str) -> None:
    category = resolve(word)
    assert category is not None
    assert category.key == key
    assert nearest(word) == key


@pytest.mark.parametrize("word", ["", " ", "banana", "none", "x" * 5000, "\x00", "电话簿里的秘密"])
def test_an_unknown_word_is_no_category(word: str) -> None:
    assert resolve(word) is None


@pytest.mark.parametrize(
    ("typo", "key"), [("emial", "email"), ("phnoe", "phone"), ("pasport", "passport"), ("addres", "postal_address")]
)
def test_a_typo_is_answered_with_the_nearest_category(typo: str, key: str) -> None:
    assert resolve(typo) is None
    assert nearest(typo) == key


def test_nothing_near_is_said_as_nothing() -> None:
    assert nearest("qqqqzzzzxxxx") is None


def test_a_finding_names_the_worst_category_first() -> None:
    mixed = {"email", "username", "national_id", "name", "user_id", "health"}
    assert strongest_first(mixed) == ("national_id", "health", "email", "name", "username", "user_id")
    assert strongest_first(["email", "something_of_the_team"]) == ("email", "something_of_the_team")
