"""What a new customers file changes, and how it replaces the one in force without undoing somebody else's change."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ai_voice_operations.customers.validation import Validated, validate
from ai_voice_operations.problems import Failed, Refused
from ai_voice_operations.terminal import Terminal
from ai_voice_shared.aws.object_store import Conflict, Fetched, ObjectMissing, ObjectStore
from ai_voice_shared.errors import RetryLater
from customer_lookup_server.customers_file import BrokenCustomers, CustomerEntry, CustomersFile, parse

_VERSIONS_AT_MOST = 20
"""As many as the customer lookup tries when the newest is broken."""

_NOBODY = CustomersFile(companies=(), customers=())


@dataclass(frozen=True)
class Comparison:
    """The differences, as lines without names and phone numbers.

    Attributes:
        moved: whether a customer's messages would reach another company.
    """

    lines: tuple[str, ...]
    moved: bool


def load(path: Path) -> tuple[bytes, Validated]:
    """The file's bytes and their content; raises Refused."""
    try:
        content = path.read_bytes()
        return content, validate(content)
    except OSError as error:
        raise Refused(f"{path} cannot be read: {error.strerror}.") from None
    except BrokenCustomers as broken:
        raise Refused(f"{path}: {broken}") from None


def compare(before: CustomersFile, after: CustomersFile) -> Comparison:
    """What the new file changes: companies and customers by their ids, and phone numbers that get another owner."""
    companies = _differences(
        "company",
        {one.company_id: one for one in before.companies},
        {one.company_id: one for one in after.companies},
    )
    customers = _differences("customer", _customers(before), _customers(after))
    moves = _moves(before, after)
    return Comparison((*companies, *customers, *moves), bool(moves))


def _customers(file: CustomersFile) -> dict[str, CustomerEntry]:
    return {f"{one.customer_id} of {one.company_id}": one for one in file.customers}


def _differences(what: str, before: Mapping[str, object], after: Mapping[str, object]) -> list[str]:
    added = [f"added    {what} {name}" for name in after if name not in before]
    removed = [f"removed  {what} {name}" for name in before if name not in after]
    changed = [f"changed  {what} {name}" for name in after if name in before and before[name] != after[name]]
    return added + removed + changed


def _moves(before: CustomersFile, after: CustomersFile) -> list[str]:
    """Senders whose number moves to another company: their next note is filed there."""
    owners = {name: one for one in before.customers for name in one.identities}
    found: dict[str, None] = {}
    for one in after.customers:
        for name in one.identities:
            was = owners.get(name)
            if was and was.company_id != one.company_id:
                found[
                    f"MOVED    {was.customer_id} of {was.company_id} becomes {one.customer_id} of {one.company_id}"
                ] = None
    return list(found)


@dataclass(frozen=True)
class CustomersPut:
    """Puts a customers file into an environment's bucket."""

    store: ObjectStore
    key: str
    terminal: Terminal

    def put(self, path: Path) -> None:
        """Shows what changes, asks, and puts the file, unless somebody else has put one meanwhile.

        Raises:
            Refused: the file is missing or broken; nothing was changed.
            Failed: the operator said no, or another file came first.
        """
        content, validated = load(path)
        after = validated.file
        fetched = self._fetched()
        if fetched and fetched.body == content:
            self.terminal.say(f"{self.key}: this very file is in force")
            return
        comparison = compare(self._in_force(fetched), after)
        for line in (*(comparison.lines or ("only its formatting changes",)), *validated.remarks):
            self.terminal.say(f"    {line}")
        if comparison.moved:
            self.terminal.say("    Notes already filed stay with the company they were filed for.")
        self._agree(after)
        self._write(content, fetched)
        self.terminal.say(f"{self.key}: put; it is in force within seconds")

    def _agree(self, after: CustomersFile) -> None:
        counts = f"{len(after.companies)} companies, {len(after.customers)} customers"
        if not self.terminal.agrees(f"Put it ({counts})?"):
            raise Failed("Nothing was changed.")

    def _fetched(self) -> Fetched | None:
        try:
            return self.store.get(self.key)
        except ObjectMissing:
            return None

    def _in_force(self, fetched: Fetched | None) -> CustomersFile:
        """The newest good version, as the customer lookup takes it."""
        earlier = self.store.earlier_versions(self.key, _VERSIONS_AT_MOST)
        for content in (*([fetched.body] if fetched else []), *earlier):
            try:
                return parse(content)
            except BrokenCustomers:
                self.terminal.say("    the newest file in the bucket is broken; compared with the last good one")
        return _NOBODY

    def _write(self, content: bytes, fetched: Fetched | None) -> None:
        try:
            self.store.put_if_unchanged(self.key, content, "application/json", fetched.etag if fetched else None)
        except Conflict:
            raise Failed("Somebody else has put a customers file meanwhile: run this again.") from None
        except RetryLater as error:
            raise Failed(f"The file was not put: {error}.") from error
