"""Which environment variables the customer lookup reads."""

from ai_voice_shared.settings import ServiceSettings


class Settings(ServiceSettings):
    """`BUCKET` and `CUSTOMERS_KEY`: where the customers file is; `TABLE`: the ledger, which remembers strangers."""

    bucket: str
    table: str
    customers_key: str = "customers.json"
