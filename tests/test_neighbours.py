"""Whose a user name, a password or a full name is, by what stands beside it and by what it is made of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discreet.catalogue.machines import is_of_a_machine, is_used_at_a_machine
from discreet.catalogue.names import Guess, judge
from discreet.catalogue.neighbours import (
    described,
    disowns,
    gained,
    is_shared,
    owns,
)

PROGRAMS = """
host port username password
hostname username password port
url host port username
db_host db_port username
username password dsn
username password use_tls from_email
server database username password
host database user password
drivername username password host port database query
endpoint username password validate_certs
remote_host remote_port username
username password certfile
host username password insecure
host port username password to_address
username password ProxyConfiguration
proxy_url username ProxyConfiguration
username password access_token_url
username password become become_method
username privileged secret_type
base_url username password client_id client_secret
grant_type client_secret username password
"""

PEOPLES = """
username password
request host port username password
username password host
username password login_url host session
host request username password error_messages
username db
username password db request
username email host port
username first_name host port
user_id username host port
username client_host client_port
username password client_ip port
username password timeout
driver username password url
username port
username report passport transport_mode
username password config
username password proxy_url
username password UserSettings
username password AuthBackend
username password base_url
email password base_url token_url
"""

OF_CODE = """
full_name schema
full_name table_name columns
fullname path target SixMetaPathImporter
full_name attr_name
"""

OF_PEOPLE = """
full_name
full_name table guests
full_name path
full_name email schema
full_name username role
full_name course module_name
full_name PatientImporter
"""

OF_PREMISES = """
zip_code price bedrooms bathrooms
zipcode street_address bedrooms livingArea homeType
postal_code lot_size year_built
zip_code city beds sqft
zip_code bedrooms bathrooms photo_url
street_address listing_price bathrooms
"""

OF_RESIDENTS = """
zip_code city street
zip_code price bedrooms email
zip_code phone_number bedrooms bathrooms
postal_code bedrooms
zip_code first_name sqft year_built
zip_code area region
"""


def rows(text: str) -> list[list[str]]:
    return [line.split() for line in text.strip().splitlines()]


def is_disowned(row: list[str], words: tuple[str, ...]) -> bool:
    """Whether what stands in a row says of every name in question that it is no person's."""
    guesses = [(name, guess) for name in row if name in words and (guess := judge(name)) is not None]
    assert guesses
    answers = {disowns(name, guess, (), row) for name, guess in guesses}
    assert len(answers) == 1
    return answers.pop()


@pytest.mark.parametrize("row", rows(PROGRAMS), ids=" ".join)
def test_a_program_logs_in(row: list[str]) -> None:
    assert is_disowned(row, ("username", "password"))


@pytest.mark.parametrize("row", rows(PEOPLES), ids=" ".join)
def test_a_person_logs_in(row: list[str]) -> None:
    assert not is_disowned(row, ("username", "password"))


@pytest.mark.parametrize("row", rows(OF_CODE), ids=" ".join)
def test_a_thing_of_a_program_has_a_full_name(row: list[str]) -> None:
    assert is_disowned(row, ("full_name", "fullname"))


@pytest.mark.parametrize("row", rows(OF_PEOPLE), ids=" ".join)
def test_a_person_has_a_full_name(row: list[str]) -> None:
    assert not is_disowned(row, ("full_name", "fullname"))


@pytest.mark.parametrize(
    ("context", "row"),
    [
        (("data",), "name email"),
        (("request", "form"), "name email message"),
        (("payload",), "name phone note"),
        (("def:submit",), "name email"),
        (("dados",), "nome telefone"),
        ((), "nombre correo telefono"),
    ],
)
def test_a_name_beside_an_address_is_somebodys(context: tuple[str, ...], row: str) -> None:
    name, *beside = row.split()
    found = owns(name, context, (name, *beside))
    assert found is not None
    assert found.category == "name"


@pytest.mark.parametrize(
    ("context", "row"),
    [
        (("data",), "name support_email"),
        (("data",), "name size"),
        (("data",), "name email_template"),
        (("data",), "name version email"),
        (("company",), "name phone"),
        (("plan",), "name email"),
        (("def:add_company",), "name phone"),
        (("def:add_template",), "name email"),
        (("data",), "title email"),
        (("data",), "token password"),
        (("data",), "token username url new_password"),
    ],
)
def test_a_name_beside_something_else_is_not(context: tuple[str, ...], row: str) -> None:
    name, *beside = row.split()
    assert owns(name, context, (name, *beside)) is None


@pytest.mark.parametrize("row", ["token new_password", "token confirm_password uid"])
def test_a_token_beside_a_new_password_lets_somebody_in(row: str) -> None:
    found = owns("token", ("request", "data"), row.split())
    assert found is not None
    assert found.category == "session_token"


@pytest.mark.parametrize(
    ("row", "category"),
    [
        ("from subject thread_id", "email"),
        ("From Subject Date", "email"),
        ("to subject body", "email"),
        ("reply_to subject html", "email"),
        ("From Body", "phone"),
        ("From CallSid To", "phone"),
        ("SpeechResult CallSid", "message_content"),
        ("To CallSid From", None),
        ("SpeechResult Confidence", None),
        ("Body From", "message_content"),
        ("from subject body", None),  # which the program may send itself
        ("to subject", None),
        ("to body", None),
        ("From Weight", None),
        ("Body ETag", None),
    ],
)
def test_a_subject_says_who_a_letter_goes_to(row: str, category: str | None) -> None:
    name, *beside = row.split()
    found = owns(name, ("parsed",), (name, *beside))
    assert (found.category if found is not None else None) == category


@pytest.mark.parametrize(
    ("name", "made_of", "programs"),
    [
        ("username", ("config", "account"), True),
        ("username", ("settings",), True),
        ("username", ("def:load", "environ"), True),
        ("username", ("row", "account"), False),
        ("username", ("redis", "account"), False),
        ("username", ("user_settings_page", "title"), False),
        ("username", ("input",), False),
        ("full_name", ("table", "name"), True),
        ("full_name", ("handler", "__qualname__"), True),
        ("full_name", ("schema",), True),
        ("full_name", ("table_name",), True),
        ("full_name", ("def:render_table", "name"), False),
        ("full_name", ("root_folder",), True),
        ("full_name", ("self", "filename"), True),
        ("full_name", ("profile",), False),
        ("full_name", ("line",), False),
        ("full_name", ("sheet", "cell"), False),
        ("full_name", ("table", "title"), False),
    ],
)
def test_a_variable_speaks_of_what_was_put_into_it(name: str, made_of: tuple[str, ...], programs: bool) -> None:
    guess = judge(name)
    assert guess is not None
    assert disowns(name, guess, (), (), made_of) is programs


def test_a_person_to_the_left_is_believed_first() -> None:
    guess = judge("username", ("customer",))
    assert guess is not None
    assert not disowns("username", guess, ("customer",), ("host", "port", "username"))


@pytest.mark.parametrize(
    ("name", "beside", "programs"),
    [
        ("customer_login_name", ("host", "port"), False),
        ("user_password", ("host", "port"), True),
        ("payer_name", ("schema_name",), False),
    ],
)
def test_a_person_in_the_name_is_believed_first(name: str, beside: tuple[str, ...], programs: bool) -> None:
    guess = judge(name)
    assert guess is not None
    assert disowns(name, guess, (), (name, *beside)) is programs


@pytest.mark.parametrize(
    ("name", "function", "owner", "programs"),
    [
        ("username", "run", "ParamikoSSHClient", True),
        ("username", "fetch_by_sftp", "", True),
        ("username", "run", "Client", False),
        ("username", "sftp_account_of_customer", "", False),
        ("customer_login_name", "run", "SSHClient", False),
        ("email", "run", "SSHClient", False),
    ],
)
def test_an_account_at_a_machine_is_used_by_what_is_called_after_it(
    name: str, function: str, owner: str, programs: bool
) -> None:
    guess = judge(name)
    assert guess is not None
    assert is_used_at_a_machine(name, guess, (), function, owner) is programs


def test_whose_account_it_is_goes_before_the_machine() -> None:
    guess = judge("username", ("customer",))
    assert guess is not None
    assert not is_used_at_a_machine("username", guess, ("customer",), "run", "SSHClient")


@pytest.mark.parametrize(
    ("names", "category", "programs"),
    [
        (("smtp_user",), "username", True),
        (("system_user", "user"), "username", True),
        (("settings", "db_password"), "password", True),
        (("customer", "user"), "username", False),
        (("db_user", "user"), "username", False),
        (("user",), "username", False),
        (("smtp_user",), "email", False),
    ],
)
def test_what_was_called_after_a_machine_stays_its_log_in(
    names: tuple[str, ...], category: str, programs: bool
) -> None:
    assert is_of_a_machine(names, Guess(category, "strong")) is programs


@pytest.mark.parametrize(
    ("beside", "programs"),
    [
        (("type", "project_id", "private_key", "token_uri"), True),
        (("project_id",), True),
        (("client_name", "project", "invoice"), False),
        ((), False),
    ],
)
def test_the_address_of_a_service_account_stands_beside_its_key(beside: tuple[str, ...], programs: bool) -> None:
    guess = judge("client_email")
    assert guess is not None
    assert is_shared("client_email", guess)
    assert disowns("client_email", guess, ("credentials",), ("client_email", *beside)) is programs


@pytest.mark.parametrize("name", ["email", "date_of_birth", "national_id", "phone_number", "first_name"])
def test_what_only_people_have_is_not_asked_about(name: str) -> None:
    guess = judge(name)
    assert guess is not None
    assert not is_shared(name, guess)
    assert not disowns(name, guess, (), ("host", "port", "schema", "table_name"), ("config", "__name__"))


@given(st.permutations(["host", "port", "database", "username", "password", "timeout", "name"]))
def test_the_order_makes_no_difference(row: list[str]) -> None:
    guess = judge("username")
    assert guess is not None
    assert disowns("username", guess, (), row)


WRITTEN = """
text sender timestamp
content chat_id user_id created_at
body conversation_id direction
message sender recipient_id
text from_user chat
content sender_type session_id
message_text wa_id profile_name
text user_nickname chat_id item_id
ai_response text sender
user_message conversation_id user_id
"""

NOT_WRITTEN = """
text
content url status
body subject sender recipients
message sender title
content author slug title
text chat_id keyboard
message user_id level
content role model
body headers status_code sender
message sender instance
text sender template
content conversation_id tool_name role
phone message sender_id api_key
"""


@pytest.mark.parametrize("row", rows(WRITTEN), ids=" ".join)
@pytest.mark.parametrize("is_field", [True, False])
def test_a_text_is_a_message_where_somebody_wrote_it(row: list[str], is_field: bool) -> None:
    found = gained(row[0], ("message",), row, is_field=is_field)
    assert found is not None
    assert found.category == "message_content"


@pytest.mark.parametrize("row", rows(NOT_WRITTEN), ids=" ".join)
@pytest.mark.parametrize("is_field", [True, False])
def test_any_other_text_is_not(row: list[str], is_field: bool) -> None:
    texts = [name for name in row if name in ("text", "content", "body", "message")]
    assert all(gained(name, (), row, is_field=is_field) is None for name in texts)


# The first of a row is the name in question; before it, where there is one, what stands to its left.
SOMEBODYS = """
name: name gender date_of_birth
name: Registration.name dob first_name
name: data.nom date_naissance sexe prenom
name: name passport_number nationality
name: row.nombre apellido fecha_nacimiento telefono
postal_address: address age_years gender dob marital_status
postal_address: MembershipRequest.street first_name last_name date_of_birth
postal_address: cleaned_data.city nationality gender
postcode: cep cpf data_nascimento
vital_signs: Profile.weight religion marital_status
photo: form.photo first_name gender
name: name surname email
name: object.nombre apellido legajo
name: row.nom prenom classe
first_name: MedicoRemitente.nombres apellidos telefono
name: nome cognome sito_web
name: name vorname
"""

NOBODYS = """
name
name first_name email
nombre apellido primer_nombre
nom ville pays
nom prenom_contact adresse
nom_fichier prenom
hotel.nombre apellido
address surname
name email phone
name first_name last_name
name gender
name gender sex
name salary benefits department
name date_of_birth gender breed
name diagnosis blood_pressure symptoms
name email phone address postcode fax
hospital_name gender date_of_birth
file_name gender date_of_birth
hospital.name gender date_of_birth
Hospital.name gender date_of_birth
Pet.name gender date_of_birth
config.address gender date_of_birth
status gender date_of_birth
session_key gender date_of_birth
login gender date_of_birth
id gender date_of_birth
"""


def said_in(row: str) -> str:
    """The category that what stands beside the first name of a row makes of it."""
    first, *beside = row.split()
    *left, name = first.split(".")
    guess = described(name, tuple(left), [name, *beside])
    assert guess is None or guess.strength == "strong"
    return guess.category if guess is not None else ""


@pytest.mark.parametrize("row", SOMEBODYS.strip().splitlines())
def test_who_stands_beside_what_only_people_have_is_somebody(row: str) -> None:
    category, _, names = row.partition(": ")
    assert said_in(names) == category


@pytest.mark.parametrize("row", NOBODYS.strip().splitlines())
def test_what_firms_things_and_animals_have_as_well_makes_nobody(row: str) -> None:
    assert said_in(row) == ""


@pytest.mark.parametrize(
    ("function", "disowned"),
    [("delete_registered_model", True), ("import_module", True), ("get_patient", False), ("create_invoice", False)],
)
def test_a_full_name_in_a_function_for_models_is_a_models(function: str, disowned: bool) -> None:
    guess = judge("full_name")
    assert guess is not None
    assert disowns("full_name", guess, (f"def:{function}",), ("self", "full_name")) is disowned


@pytest.mark.parametrize("row", rows(OF_PREMISES), ids=" ".join)
def test_an_address_of_what_is_sold_or_let(row: list[str]) -> None:
    assert is_disowned(row, ("zip_code", "zipcode", "postal_code", "street_address"))


@pytest.mark.parametrize("row", rows(OF_RESIDENTS), ids=" ".join)
def test_an_address_of_somebody_who_may_live_there(row: list[str]) -> None:
    assert not is_disowned(row, ("zip_code", "postal_code"))


def test_an_address_of_somebody_whose_home_it_is() -> None:
    guess = judge("zip_code", ("customer",))
    assert guess is not None
    assert not disowns("zip_code", guess, ("customer",), ["zip_code", "bedrooms", "bathrooms"])


@pytest.mark.parametrize(("name", "around"), [("body", ("message", "text")), ("content", ("incoming", "text"))])
def test_what_was_written_lies_where_messengers_put_it(name: str, around: tuple[str, ...]) -> None:
    found = gained(name, around, (), is_field=False)
    assert found is not None
    assert (found.category, found.strength) == ("message_content", "strong")


@pytest.mark.parametrize(
    ("name", "around"),
    [
        ("body", ("text",)),
        ("body", ("def:clean_text", "text")),
        ("text", ("message", "text")),
        ("body", ("page", "html")),
    ],
)
def test_elsewhere_a_body_is_anythings(name: str, around: tuple[str, ...]) -> None:
    assert gained(name, around, (), is_field=False) is None
