"""Which environment variables the customer lookup reads."""

from ai_voice_shared.settings import ServiceSettings


class Settings(ServiceSettings):
    """`BUCKET` and `CUSTOMERS_KEY`: where the customers file is; `TABLE`: where it is noted whom we answered."""

    bucket: str
    table: str
    customers_key: str = "customers.json"
