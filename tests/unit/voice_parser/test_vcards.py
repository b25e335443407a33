"""Contacts as phones and address books write them."""

import base64
import quopri

import pytest

from voice_parser.twilio.vcards import Contact, contacts

WHATSAPP = (
    b"BEGIN:VCARD\r\nVERSION:3.0\r\nN:Miller;Ben;;;\r\nFN:Ben Miller\r\nORG:Acme Heating;Service\r\n"
    b"item1.TEL;waid=15550109999:+1 555 010 9999\r\nitem1.X-ABLabel:Mobile\r\n"
    b"EMAIL;TYPE=WORK:ben@acme.example\r\nEND:VCARD\r\n"
)


def lines(content: bytes) -> list[str]:
    return [contact.line for contact in contacts(content)]


def test_a_card_tells_name_organisation_numbers_and_addresses_on_one_line() -> None:
    (contact,) = contacts(WHATSAPP)
    assert contact.name == "Ben Miller"
    assert contact.line == "Ben Miller, Acme Heating, Service, +1 555 010 9999, ben@acme.example"


def test_version_2_1_writes_quoted_printable_in_any_charset() -> None:
    name = quopri.encodestring("Müller;Jörg".encode("iso-8859-1")).strip()
    card = (
        b"BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:"
        + name
        + b"\nTEL;CELL:0170 1\nEND:VCARD"
    )
    assert lines(card) == ["Jörg Müller, 0170 1"]


def test_quoted_printable_goes_on_behind_an_equals_sign() -> None:
    card = (
        b"BEGIN:VCARD\r\nVERSION:2.1\r\nFN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E6=98=\r\n=8E=E6=97=A5\r\n"
        b"TEL;CELL:0170=\r\nEMAIL:a@b.example\r\nEND:VCARD"
    )
    assert lines(card) == ["明日, 0170=, a@b.example"]


def test_version_4_0_writes_numbers_as_addresses_and_quotes_parameters() -> None:
    card = (
        'BEGIN:VCARD\nVERSION:4.0\nFN:Zoë\nTEL;VALUE=uri;TYPE="voice,home;a:b":tel:+1-555-0101\n'
        'ADR;LABEL="Elm St: 5":;;5 Elm Street;Springfield;;12345;USA\nURL:https://acme.example/x\nEND:VCARD\n'
    )
    assert lines(card.encode()) == ["Zoë, +1-555-0101, 5 Elm Street, Springfield, 12345, USA, https://acme.example/x"]


def test_folded_lines_and_escapes_are_undone() -> None:
    card = b"BEGIN:VCARD\nFN:Smith\\, Jones\\; and\n  Sons\nNOTE:Gate 4\\nring twice \\\\o/\nEND:VCARD"
    assert lines(card) == ["Smith, Jones; and Sons, Gate 4 ring twice \\o/"]


def test_several_contacts_in_one_file_are_all_told() -> None:
    card = WHATSAPP + WHATSAPP.replace(b"Ben", b"Ana")
    assert [contact.name for contact in contacts(card)] == ["Ben Miller", "Ana Miller"]


@pytest.mark.parametrize(
    "photo",
    [
        b"PHOTO;ENCODING=b;TYPE=JPEG:" + base64.b64encode(bytes(3_000_000)),
        b"PHOTO;BASE64:\r\n " + base64.encodebytes(bytes(3_000_000)).replace(b"\n", b"\r\n "),
        b"PHOTO;ENCODING=BASE64;JPEG:" + base64.encodebytes(bytes(3_000_000)),
        b"PHOTO:data:image/jpeg;base64," + base64.b64encode(bytes(3_000_000)),
    ],
)
def test_an_embedded_photo_is_passed_over(photo: bytes) -> None:
    card = WHATSAPP.replace(b"FN:", photo + b"\r\nFN:")
    assert lines(card) == lines(WHATSAPP)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (WHATSAPP.decode().encode("utf-16"), "Ben Miller"),
        (b"\xef\xbb\xbf" + WHATSAPP, "Ben Miller"),
        (WHATSAPP.replace(b"\r\n", b"\n"), "Ben Miller"),
        (WHATSAPP.replace(b"\r\n", b"\r"), "Ben Miller"),
        (b"begin:vcard\nfn:J\xf6rg\nend:vcard", "Jörg"),
        (b"BEGIN:VCARD\nFN;CHARSET=no-such-one:Ana\n", "Ana"),
        (b"BEGIN:VCARD\nFN;CHARSET=hex:Ana\n", "Ana"),
        (b"BEGIN:VCARD\nN:;;;;\nORG:Acme;\n", "Acme"),
        (b"BEGIN:VCARD\nFN:\xe2\x80\x8b\nTEL:112\n", "112"),
        (b"BEGIN:VCARD\nN:Miller\n", "Miller"),
    ],
)
def test_any_encoding_and_half_a_card_are_read(content: bytes, name: str) -> None:
    assert [contact.name for contact in contacts(content)] == [name]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00",
        b"not a card",
        b"FN:Nobody's",
        b"BEGIN:VCARD\nEND:VCARD",
        b"BEGIN:VCARD\n:::::\n;;;;\nTEL\n=\n \n",
        b"BEGIN:VCARD\n" + b'TEL;"a' * 100_000,
        bytes(range(256)) * 4000,
    ],
)
def test_what_tells_of_nobody_holds_no_contact(content: bytes) -> None:
    assert contacts(content) == []


def test_a_hostile_file_tells_no_more_than_a_page() -> None:
    card = b"BEGIN:VCARD\nFN:A\n" + b"TEL:" + b"1" * 10_000 + b"\n" + b"TEL:2\n" * 10_000
    told = contacts(card + b"BEGIN:VCARD\nFN:B\n" * 100_000)
    assert len(told) == 100
    assert len(told[0].line) < 500
    assert Contact().line == ""
