"""How a form body is read: blank and repeated parameters stay, because Twilio signs them, too."""

from urllib.parse import parse_qsl

from ai_voice_shared.jobs import Parameters

_FIELDS_AT_MOST = 1_000
"""Fields. Twilio sends about forty; a body with many more is not read."""


class Form(dict[str, list[str]]):
    """All values of each parameter, in the order in which they came."""

    @classmethod
    def read(cls, body: bytes, errors: str = "strict") -> "Form":
        """The form in the body; raises ValueError when it is not UTF-8 (unless `errors` says otherwise) or too long."""
        form = cls()
        text = body.decode(errors=errors)
        for name, value in parse_qsl(text, keep_blank_values=True, errors=errors, max_num_fields=_FIELDS_AT_MOST):
            form.setdefault(name, []).append(value)
        return form

    def getlist(self, name: str) -> list[str]:
        """All values of a parameter, as Twilio's RequestValidator asks for them."""
        return self[name]

    def parameters(self) -> Parameters:
        """The same, in the form of a queue body."""
        return {name: values[0] if len(values) == 1 else values for name, values in self.items()}
