"""Which real clients the commands that deploy work with."""

from ai_voice_operations.account import Account, config
from ai_voice_operations.data_holders import DataHolders
from ai_voice_operations.deploying import image_tags
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
from ai_voice_operations.terminal import Terminal


def events(account: Account, terminal: Terminal) -> StackEvents:
    """What happens to stacks."""
    return StackEvents(account.session.client("cloudformation", config=config()), terminal.say)


def deployer(account: Account, terminal: Terminal, *, only_show: bool = False) -> Deployer:
    """What brings one stack up to its template."""
    client = account.session.client("cloudformation", config=config())
    return Deployer(
        account.environment,
        terminal,
        ChangeSets(client),
        events(account, terminal),
        DataHolders(account),
        only_show=only_show,
    )


def deployment(
    account: Account,
    terminal: Terminal,
    *,
    only_show: bool = False,
    image_tag: str = "",
    base: str = "",
    engines: str = "",
) -> Deployment:
    """What brings all stacks up to their templates; raises Refused for engines that images cannot or must hold."""
    holds = image_tags.held(account.parameters.effective, engines.split())
    ecr = account.session.client("ecr", config=config())
    images = Images(account.environment, ecr, terminal.say, base, holds=holds)
    made = deployer(account, terminal, only_show=only_show)
    return Deployment(account.parameters, made, images, preflight(account, terminal), image_tag)


def preflight(account: Account, terminal: Terminal) -> Preflight:
    """What looks at the account before a deployment changes it."""
    client = account.session.client("cloudformation", config=config())
    return Preflight(terminal, AccountRoom(account), Leftovers(account, client, DataHolders(account)))


def destruction(account: Account, terminal: Terminal, *, data: bool) -> Destruction:
    """What takes an environment down."""
    return Destruction(account.environment, terminal, events(account, terminal), DataHolders(account), data)


def secret_values(account: Account, terminal: Terminal, *, replace: bool) -> SecretValues:
    """What puts the secrets' values."""
    client = account.session.client("secretsmanager", config=config())
    return SecretValues(account.environment, client, terminal, replace)
