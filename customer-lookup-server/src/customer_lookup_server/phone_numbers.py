"""One form for a phone number: the only `import phonenumbers`, and our own rules for WhatsApp's changes to numbers."""

import re

import phonenumbers

_SPELLINGS = (
    (re.compile(r"\+521(\d{10})"), r"+52\1"),
    (re.compile(r"\+549(\d{10})"), r"+54\1"),
    (re.compile(r"\+55([1-9]{2})([6-9]\d{7})"), r"+55\g<1>9\2"),
)


def normal(*writings: str) -> str:
    """The one form of all spellings of a number: `+` and digits.

    `phonenumbers` (Google's libphonenumber) removes a national prefix after the country code (+49 0151 …) and keeps a
    zero that is part of the number (+39 06 …). It has the numbering plans of the day on which it was released. So it
    decides only about numbers that it knows to be in use; all other numbers keep their digits.

    Args:
        writings: spellings of one number, each `+` and digits, the likeliest first; the last is used if all are unused.
    """
    for writing in writings:
        parsed = _parsed(writing)
        if parsed is None:
            continue
        form = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
        spelled = one_spelling(form)
        if phonenumbers.is_valid_number(parsed) or (spelled != form and in_use(spelled)):
            return spelled
    return one_spelling(writings[-1])


def one_spelling(number: str) -> str:
    """Our spelling of the number (`+` and digits) if WhatsApp has two spellings for one phone.

    WhatsApp keeps the id with which an account was registered, even if the country's numbering plan has changed. So
    `From` may lack or add a digit against the number that people know (Zoko, "A brief note on the inconsistencies for
    mobile numbers and their WhatsApp IDs"; Whapi.Cloud, "Specifics of sending messages to numbers of different
    countries").

    - Mexico: `+52 1` and ten digits is `+52` and ten digits. The 1 for mobiles ended in August 2019 (IFT, "Plan Técnico
      Fundamental de Numeración"); Twilio still sends it in `From` (chatwoot/chatwoot, pull request 14174).
    - Argentina: `+54 9` and ten digits is `+54` and ten digits. The 9 only says that the call goes to a mobile: mobiles
      and landlines share one plan, in which ten digits have one subscriber (Toku, "Identifying an Argentina mobile
      number").
    - Brazil: an area code and eight digits from 6 to 9 is the mobile with a 9 in front of the eight. Mobiles got that
      digit from 2012 to 2016 (Anatel, Resolução 553/2010); accounts from before keep eight. Landlines begin with 2 to
      5 and have eight digits to this day, so they are left alone (devlikeapro/waha, issue 1974).
    """
    for written, spelled in _SPELLINGS:
        if written.fullmatch(number):
            return written.sub(spelled, number)
    return number


def possible(number: str) -> bool:
    """Whether the country exists and its numbers have so many digits, with the area code.

    It checks less than `in_use`. Only this check may refuse a number: new ranges come faster than library releases
    (libphonenumber's FAQ, "What is the difference between isPossibleNumber and isValidNumber?").
    """
    parsed = _parsed(number)
    reason = parsed and phonenumbers.is_possible_number_with_reason(parsed)
    return reason == phonenumbers.ValidationResult.IS_POSSIBLE


def in_use(number: str) -> bool:
    """Whether the number is in a range that `phonenumbers` knows to be in use."""
    parsed = _parsed(number)
    return parsed is not None and phonenumbers.is_valid_number(parsed)


def _parsed(number: str) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return None
