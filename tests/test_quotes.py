"""Whether a text says of what it shows that somebody wrote it, and whether what is kept is somebody's message."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discreet.catalogue.messages import is_kept_as_said
from discreet.catalogue.quotes import is_quoted, is_said, may_be_quoted
from discreet.catalogue.recordings import is_made_up, is_taken

SAID = """
Customer: |message
Patient said: "|text
The user sent this message: "|text
User's message: '|text
USER MESSAGE: |user_message
Message from the customer: |body
What is wanted? Answer in French. Guest asked: |question
Cliente: |mensagem
MENSAGEM DO USUÁRIO: "|mensagem
Nachricht des Kunden: |nachricht
USER SAID: '|final_text
📝 USER: '|transcript
✅ Caller said: |heard_text
Patient: |utterance
"""

NOT_SAID = """
Customer: |text
User: |message
User: |text
User question: |question
Message to the customer: |text
Message for the patient: |message
Customer error: |message
Customer message sent: |message
Parent: |message
Client: |message
Message: |message
Question: |question
customer |message
Customer: a |message
the last message of all that the new customer sent: |text
✅ Result: |final_text
The model said: |final_text
Path: |transcript
User: |final_text
a/b User: |transcript
"""


def _rows(table: str) -> list[tuple[str, str]]:
    lines = [line.partition("|") for line in table.strip().splitlines()]
    return [(before, name) for before, _, name in lines]


@pytest.mark.parametrize(("before", "name"), _rows(SAID))
def test_a_text_says_that_somebody_wrote_it(before: str, name: str) -> None:
    assert may_be_quoted(name)
    assert is_quoted(name, before)
    assert is_quoted(name, f"You are kind.\n\n# {before}")


@pytest.mark.parametrize(("before", "name"), _rows(NOT_SAID))
def test_a_text_says_something_else(before: str, name: str) -> None:
    assert not is_quoted(name, before)


@pytest.mark.parametrize("name", ["status", "prompt", "query", "template", "error", "message_id", "count"])
def test_a_name_that_is_nothing_that_is_said(name: str) -> None:
    assert not may_be_quoted(name)


WRITTEN = """
user_message lastUserMessage customer_message message_from_customer patient_question applicant_answer caller_said
user_transcript user_input mensagem_cliente mensaje_del_usuario nutzer_nachricht customer_message_text
"""
NOT_WRITTEN = """
message text question transcript user customer user_question user_prompt user_query customer_text customer_record
message_to_customer message_sent_user customer_message_id customer_message_template patient_answer_count
"""


@pytest.mark.parametrize("name", WRITTEN.split())
def test_a_name_says_by_itself_who_wrote_it(name: str) -> None:
    assert is_said(name)


@pytest.mark.parametrize("name", NOT_WRITTEN.split())
def test_a_name_does_not_say_who_wrote_it(name: str) -> None:
    assert not is_said(name)


@pytest.mark.parametrize("name", ["test_audio", "sampleClip", "silence", "tts_output", "text_to_speech", "demo.wav"])
def test_a_recording_is_made_up(name: str) -> None:
    assert is_made_up((name,))
    assert not is_taken(name)


@pytest.mark.parametrize("name", ["audio_samples", "voice_sample", "latest_clip", "blob", ""])
def test_a_recording_is_somebodys(name: str) -> None:
    assert not is_made_up((name,))


@pytest.mark.parametrize("path", ["temp_audio.wav", "/tmp/a.ogg", "recordings/recording.wav", "voice.mp3"])
def test_a_path_is_one_of_what_was_just_taken_up(path: str) -> None:
    assert is_taken(path)
    assert not is_made_up((path,))


@pytest.mark.parametrize("path", ["greeting.wav", "assets/jingle.mp3", "audio.wav", ""])
def test_another_path_is_the_programs_own(path: str) -> None:
    assert not is_taken(path)


@given(st.text(max_size=80))
def test_any_text_is_read(before: str) -> None:
    is_quoted("message", before)
    is_said(before)
    is_taken(before)


@given(st.sampled_from(_rows(SAID)), st.sampled_from(["error", "id", "not", "template", "to"]))
def test_a_word_more_says_something_else(row: tuple[str, str], word: str) -> None:
    before, name = row
    said, colon, quote = before.rpartition(":")
    assert not is_quoted(name, f"{said} {word}{colon}{quote}")


KEPT = [
    "conversation_id text from_me",
    "candidate_id message_type=USER message_text",
    "phone role=user content",
    "contact_id direction=inbound body",
    "customer_email sender=customer message",
]

NOT_KEPT = [
    "session_id role=user content",
    "role=user content",
    "phone role=assistant content",
    "conversation_id sender=bot text from_me",
    "contact_id direction=outbound body",
    "user_id role=user title body",
    "user_id role content",
    "user_id name=user content",
]


def _entries(row: str) -> list[tuple[str, str]]:
    return [(name, word) for name, _, word in (each.partition("=") for each in row.split())]


@pytest.mark.parametrize("row", KEPT)
def test_a_row_is_somebodys_message(row: str) -> None:
    assert is_kept_as_said(_entries(row))
    assert is_kept_as_said(list(reversed(_entries(row))))


@pytest.mark.parametrize("row", NOT_KEPT)
def test_a_row_is_no_message_or_nobodys(row: str) -> None:
    assert not is_kept_as_said(_entries(row))
