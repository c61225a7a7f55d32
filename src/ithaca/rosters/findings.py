"""What a coordinator should know about a cell."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One cell that is missing, wrong or not understood; reads as the column, the value and the reason."""

    field: str
    header: str
    value: str
    reason: str

    def __str__(self) -> str:
        shown = self.value if len(self.value) <= 60 else self.value[:57] + "…"
        named = self.header if self.header.endswith(("?", ":", ".")) else f"{self.header}:"
        told = f"{named} “{shown}” {self.reason}" if shown else f"{named} {self.reason}"
        return told if told.endswith(".") else f"{told}."
