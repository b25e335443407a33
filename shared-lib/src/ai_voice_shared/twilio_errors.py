"""Why Twilio could not deliver a reply, by its error code: what happened, what to do, and whether a template helps.

Source: Twilio, "Error and warning dictionary" and "WhatsApp error code mapping". Only a table: Twilio adds codes and
moves causes from one to another, so an unknown code has an entry, too.
"""

from dataclasses import dataclass

OUTSIDE_THE_WINDOW = "63016"
TOO_MANY_REQUESTS = "20429"


@dataclass(frozen=True)
class Failure:
    """What an error code means.

    Attributes:
        happened: one sentence for a reader of the note.
        remedy: what the operator, or the sender, can do.
        template_helps: whether WhatsApp would accept a template in place of the reply.
    """

    happened: str
    remedy: str
    template_helps: bool = False


_CHECK_THE_LOG = "Look at the message in Twilio's messaging log, and at Twilio's status page."
_CHECK_THE_SENDER = "Check that the sender is in the customers file with the number or id that WhatsApp knows."
_WAIT = "Wait: this ends by itself. If it happens again, ask Twilio to raise the limit, or send less at once."
_CHECK_THE_TEMPLATE = (
    "Compare the template of FollowUpTemplateSid with its approved text: it takes one variable, {{1}}."
)

_FAILURES = {
    "10001": Failure(
        "The Twilio account is not active.", "Reactivate the account in Twilio's console, and its payment."
    ),
    TOO_MANY_REQUESTS: Failure("Twilio took too many requests from us at once.", _WAIT),
    "21211": Failure("For Twilio, the sender's number is invalid.", _CHECK_THE_SENDER),
    "21408": Failure(
        "The Twilio account may not send to the sender's country.",
        "Allow the country in Twilio's console, Messaging, Geo permissions.",
    ),
    "21609": Failure(
        "For Twilio, the status callback's URL is invalid.",
        "Set PublicUrl to the URL at which Twilio reaches the webhook, or leave it empty.",
    ),
    "21610": Failure(
        "The sender has opted out of messages from this number.",
        "They can send START to hear from it again; their notes are kept all the same.",
    ),
    "21614": Failure("The sender's number is not a mobile number.", _CHECK_THE_SENDER),
    "21617": Failure("The reply was longer than 1600 characters.", "Report it: replies are cut at this length."),
    "21619": Failure("The reply was empty.", "Report it: no empty reply should be sent."),
    "21656": Failure("The template's variables were not as Twilio expects them.", _CHECK_THE_TEMPLATE),
    "30003": Failure(
        "The sender's phone could not be reached.", "It may be switched off; they can read the note elsewhere."
    ),
    "30005": Failure("The sender's number is not in use any more.", _CHECK_THE_SENDER),
    "30006": Failure("The sender's number cannot get messages.", _CHECK_THE_SENDER),
    "30007": Failure("The carrier treated the reply as spam.", "Ask Twilio's support why, with the message's sid."),
    "30008": Failure("The reply was lost on its way, for an unknown reason.", _CHECK_THE_LOG),
    "63001": Failure("WhatsApp did not accept Twilio's credentials for our number.", _CHECK_THE_LOG),
    "63003": Failure("WhatsApp does not know the sender's address.", _CHECK_THE_SENDER),
    "63005": Failure("WhatsApp did not accept the reply's content.", _CHECK_THE_LOG),
    "63007": Failure(
        "The number that sent the reply is not one of this Twilio account's WhatsApp senders.",
        "Check in Twilio's console that the number is an approved WhatsApp sender of the account in the secret.",
    ),
    "63010": Failure("WhatsApp had an internal error.", _CHECK_THE_LOG),
    "63012": Failure("WhatsApp had an internal error.", _CHECK_THE_LOG),
    "63013": Failure(
        "The reply violates a policy of WhatsApp.", "Read WhatsApp's own reason in Twilio's messaging log."
    ),
    "63014": Failure("The sender has blocked this number.", "Only they can unblock it, in WhatsApp."),
    "63015": Failure(
        "The sender has not joined Twilio's WhatsApp sandbox.",
        'They have to send "join" and the sandbox\'s words to the sandbox number, again every three days.',
    ),
    OUTSIDE_THE_WINDOW: Failure(
        "More than 24 hours had passed since the sender's last message, so WhatsApp accepts only a template.",
        "Set FollowUpTemplateSid to an approved template, or ask the sender to write again.",
        template_helps=True,
    ),
    "63017": Failure("Twilio took too many messages from us at once.", _WAIT),
    "63018": Failure("WhatsApp's limit of messages for our number was reached.", _WAIT),
    "63019": Failure(
        "Twilio could not download the reply's file.",
        "Ask for the clip again; if it fails again, check that the bucket's presigned URLs can be reached.",
    ),
    "63020": Failure(
        "Somebody first has to accept an invitation in Meta's Business Manager.",
        "Accept Twilio's invitation in Meta's Business Manager.",
    ),
    "63021": Failure("WhatsApp rejects this kind of content.", "Check the file's type, or the template's length."),
    "63024": Failure("WhatsApp cannot reach the sender at this address.", _CHECK_THE_SENDER),
    "63027": Failure("The template does not exist in this language, or is not approved.", _CHECK_THE_TEMPLATE),
    "63028": Failure("The template has another number of variables.", _CHECK_THE_TEMPLATE),
    "63032": Failure(
        "WhatsApp did not deliver it because of a restriction of this user.",
        "WhatsApp does not say which; it may be their region, or an experiment of Meta's.",
    ),
    "63038": Failure("The Twilio account's limit of messages a day was reached.", _WAIT),
    "63049": Failure(
        "Meta chose not to deliver it, to spare the user messages that look like marketing.",
        "Do not send it again at once. A template of the category utility is not held back.",
    ),
}

OF_CONTENT = frozenset({"21655", "21656", "63005", "63013", "63021", "63027", "63028"})
"""Refusals of a Content resource or its variables: the same words may arrive as a plain text."""

_UNKNOWN = Failure("Twilio could not deliver the reply.", "Look the code up in Twilio's error dictionary.")


def failure(code: str) -> Failure:
    """What the code means; a general answer for a code that is not in the table."""
    return _FAILURES.get(code, _UNKNOWN)


def known_codes() -> frozenset[str]:
    """The codes that have their own entry."""
    return frozenset(_FAILURES)
