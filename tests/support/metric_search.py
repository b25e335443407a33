"""Which metrics a search expression of a dashboard finds, by CloudWatch's rules for the parts of them that we use.

Source: Amazon CloudWatch, "CloudWatch search expression syntax". Where the page allows two readings, the one that finds
less is taken, so that what is found here is found there. Boolean operators are refused: nothing here would judge them.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_EXPRESSION = re.compile(r"SEARCH\('(?:\s*\{(?P<schema>[^}]*)\},?)?(?P<terms>[^']*)', '(?P<statistic>\w+)'(?:, \d+)?\)")
_LONGEST = 1024
"""Characters of an expression ("Search expression limits")."""

_TERM = re.compile(r'(?:(?P<property>[\w.]+)=)?(?:"(?P<exact>[^"\\()]+)"|(?P<partial>[^\s"=]+))(?:\s+|$)')
_TOKEN = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
"""Camel case, numbers and everything that is neither letter nor digit begin new ones ("Tokenization")."""

_OPERATORS = {"AND", "OR", "NOT"}


@dataclass(frozen=True)
class Metric:
    """A metric that has reported data.

    Attributes:
        dimensions: names with their values.
    """

    namespace: str
    name: str
    dimensions: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class _Term:
    holder: str
    text: str
    exact: bool

    def found_in(self, metric: Metric) -> bool:
        return any(self._found(value) for value in self._values(metric))

    def _values(self, metric: Metric) -> list[str]:
        named = {"MetricName": metric.name, "Namespace": metric.namespace} | dict(metric.dimensions)
        if self.holder:
            return [named[self.holder]] if self.holder in named else []
        return [*named.values(), *dict(metric.dimensions)]

    def _found(self, value: str) -> bool:
        if self.exact:
            return value == self.text
        wanted, there = _TOKEN.findall(self.text), _TOKEN.findall(value)
        if len(wanted) == 1:  # a single token is compared without case, several that follow each other with it
            return wanted[0].lower() in [token.lower() for token in there]
        return any(there[at : at + len(wanted)] == wanted for at in range(len(there)))


def search(expression: str, metrics: Iterable[Metric]) -> set[Metric]:
    """Those of the metrics that the expression finds.

    Raises:
        ValueError: CloudWatch would refuse it, or it uses what is not judged here.
    """
    parsed = _EXPRESSION.fullmatch(expression)
    if parsed is None or len(expression) > _LONGEST:
        raise ValueError(expression)
    schema, terms = _schema(parsed["schema"]), _terms(parsed["terms"])
    return {one for one in metrics if _fits(schema, one) and all(term.found_in(one) for term in terms)}


def _schema(text: str | None) -> list[str]:
    names = [name.strip() for name in text.split(",")] if text else []
    for name in names:
        plain = name.removeprefix("AWS/")  # the page itself leaves AWS's own without quotes
        if not re.fullmatch(r'"[^"]+"|\w+', plain):
            raise ValueError(name)
    return [name.strip('"') for name in names]


def _terms(text: str) -> list[_Term]:
    found, at = [], len(text) - len(text.lstrip())
    while at < len(text):
        term = _TERM.match(text, at)
        if term is None or term["partial"] in _OPERATORS or "(" in (term["partial"] or ""):
            raise ValueError(text)
        found.append(_Term(term["property"] or "", term["exact"] or term["partial"], exact=bool(term["exact"])))
        at = term.end()
    return found


def _fits(schema: list[str], metric: Metric) -> bool:
    """A schema with dimensions finds metrics that have exactly these."""
    if not schema:
        return True
    namespace, *dimensions = schema
    return metric.namespace == namespace and (not dimensions or set(dimensions) == set(dict(metric.dimensions)))
