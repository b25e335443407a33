"""Which environment variables the customer lookup reads."""

from ai_voice_shared.settings import ServiceSettings


class Settings(ServiceSettings):
    """`BUCKET` and `CUSTOMERS_KEY`: where the customers file is."""

    bucket: str
    customers_key: str = "customers.json"
