"""Which real clients the commands work with."""

from collections.abc import Mapping

from botocore.config import Config

from ai_voice_operations.account import Account, config
from ai_voice_operations.console import Console
from ai_voice_operations.customers_put import CustomersPut
from ai_voice_operations.data_desk import DataDesk
from ai_voice_operations.data_holders import DataHolders
from ai_voice_operations.deploying.account_room import AccountRoom
from ai_voice_operations.deploying.change_sets import ChangeSets
from ai_voice_operations.deploying.deploy import Deployment
from ai_voice_operations.deploying.deployer import Deployer
from ai_voice_operations.deploying.destroy import Destruction
from ai_voice_operations.deploying.images import Images
from ai_voice_operations.deploying.leftovers import Leftovers
from ai_voice_operations.deploying.preflight import Preflight
from ai_voice_operations.deploying.secret_values import SecretValues
from ai_voice_operations.deploying.stack_events import StackEvents
from ai_voice_operations.logs import Logs
from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.aws.object_store import ObjectStore
from ai_voice_shared.customers import CustomerLookup
from ai_voice_shared.erasing import Erasing
from ai_voice_shared.records.api_keys import ApiKeys
from ai_voice_shared.records.data_requests import DataRequests
from ai_voice_shared.records.notes import Notes


def events(account: Account, console: Console) -> StackEvents:
    """What happens to stacks."""
    return StackEvents(account.session.client("cloudformation", config=config()), console.say)


def deployer(account: Account, console: Console, *, only_show: bool = False) -> Deployer:
    """What brings one stack up to its template."""
    client = account.session.client("cloudformation", config=config())
    return Deployer(
        account.environment,
        console,
        ChangeSets(client),
        events(account, console),
        DataHolders(account),
        only_show=only_show,
    )


def deployment(
    account: Account, console: Console, *, only_show: bool = False, image_tag: str = "", base: str = ""
) -> Deployment:
    """What brings all stacks up to their templates."""
    images = Images(account.environment, account.session.client("ecr", config=config()), console.say, base)
    made = deployer(account, console, only_show=only_show)
    return Deployment(account.parameters, made, images, preflight(account, console), image_tag)


def preflight(account: Account, console: Console) -> Preflight:
    """What looks at the account before a deployment changes it."""
    client = account.session.client("cloudformation", config=config())
    return Preflight(console, AccountRoom(account), Leftovers(account, client, DataHolders(account)))


def destruction(account: Account, console: Console, *, data: bool) -> Destruction:
    """What takes an environment down."""
    return Destruction(account.environment, console, events(account, console), DataHolders(account), data)


def secret_values(account: Account, console: Console, *, replace: bool) -> SecretValues:
    """What puts the secrets' values."""
    client = account.session.client("secretsmanager", config=config())
    return SecretValues(account.environment, client, console, replace)


def customers_put(account: Account, console: Console, bucket: str, key: str) -> CustomersPut:
    """What puts a customers file."""
    return CustomersPut(ObjectStore(account.session.client("s3", config=config()), bucket), key, console)


def data_desk(account: Account, console: Console, found: Mapping[str, Mapping[str, str]]) -> DataDesk:
    """What has persons and companies exported and erased; `found` are the outputs of all stacks."""
    ledger = Ledger(account.session.client("dynamodb", config=config()), found["shared"]["LedgerName"])
    functions = account.session.client("lambda", config=config())
    s3 = account.session.client("s3", config=config().merge(Config(signature_version="s3v4")))  # as its URLs need
    return DataDesk(
        requests=DataRequests(ledger),
        notes=Notes(ledger),
        keys=ApiKeys(ledger),
        customers=CustomerLookup(functions, found["customer-lookup-server"]["FunctionName"]),
        erasing=Erasing(functions, found["voice-parser"]["EraserFunctionName"]),
        store=ObjectStore(s3, found["shared"]["BucketName"]),
        console=console,
    )


def logs(account: Account, console: Console, groups: dict[str, str], containing: str) -> Logs:
    """What reads the log groups."""
    return Logs(account.session.client("logs", config=config()), groups, console.say, containing)
