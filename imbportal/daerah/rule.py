"""The base of all that a daerah's file may say: frozen, no unknown key, and its source."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Text = Annotated[str, Field(min_length=1)]
When = dict[str, Any] | list[dict[str, Any]]
"""A condition on facts: a table is AND, a list of tables is OR, key ``not`` negates a table."""


POLICY = "Kebijakan portal"
"""How the cite begins of what no source gives."""


class Rule(BaseModel):
    """Base of all: frozen, no unknown key."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Cited(Rule):
    """A rule with its source; ``contoh`` marks a sample that no source document gives."""

    cite: Text
    contoh: bool = False
    note: str = ""

    @property
    def ours(self) -> bool:
        """Return whether the portal set it, because the source is silent."""
        return self.cite.startswith(POLICY)
