"""Whether a customers file is good, before it is put: `python -m customer_lookup_server.check customers.json`."""

import argparse
import sys
from pathlib import Path

from customer_lookup_server.customers_file import BrokenCustomers
from customer_lookup_server.validation import validate


def main(arguments: list[str] | None = None) -> int:
    """Prints how many companies and customers the file holds, or the one sentence on what is wrong; 0 or 1."""
    parser = argparse.ArgumentParser(
        prog="python -m customer_lookup_server.check",
        description="Checks a customers file before it goes into the bucket. Nothing is sent anywhere.",
        epilog="Exit status: 0 when the file is good, 1 when it is not.",
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="the customers file (JSON), e.g. customers.json")
    file: Path = parser.parse_args(arguments).file
    try:
        validated = validate(file.read_bytes())
    except OSError as error:
        return _say(f"{file}: {error.strerror}.", status=1)
    except BrokenCustomers as broken:
        return _say(f"{file}: {broken}", status=1)
    for remark in validated.remarks:
        _say(f"{file}: {remark}", status=0)
    customers = validated.file
    return _say(f"{len(customers.companies)} companies, {len(customers.customers)} customers: good", status=0)


def _say(sentence: str, status: int) -> int:
    sys.stdout.write(sentence + "\n")
    return status


if __name__ == "__main__":
    sys.exit(main())
