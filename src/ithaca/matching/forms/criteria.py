"""The form of a cohort's rules, made from the engine's criteria: nothing here knows one of them by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms

from ithaca.matching.bridge import kinds
from ithaca.matching.models import MatchingRules
from ithaca.matching.rules import weights

RAISING = "worst_first"
OBJECTIVES = (
    ("total", "The highest compatibility of all pairs together"),
    (RAISING, "First raise the weakest pair as far as it can go, then the compatibility of all"),
)


@dataclass(frozen=True)
class Section:
    """One criterion of the form."""

    criterion: Any
    weight: forms.BoundField
    share: int
    options: list[forms.BoundField]
    changed: bool
    """Whether a setting differs from its default."""
    summary: str
    """The rules and settings as they stand, in words."""


class RulesForm(forms.Form):
    """Weights, options and objective. `content` has them as `actions.save_rules` wants them."""

    objective = forms.ChoiceField(
        label="Once as many mentees as possible have a mentor, what comes next?",
        choices=OBJECTIVES,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what comes next: the highest total, or the weakest pair."},
    )
    cost = forms.IntegerField(
        label="Raising weak pairs may cost",
        help_text="Per cent of the highest total. The weakest pair is raised as far as that allows, then the next weakest, "
        "and so on. Blank: the weakest pair alone, whatever it costs.",
        min_value=0,
        max_value=100,
        required=False,
    )
    floor = forms.IntegerField(
        label="Leave out pairs below",
        help_text="Per cent of a perfect pair. 0: a weak pair is better than none.",
        min_value=0,
        max_value=100,
        required=False,
    )

    def __init__(self, data: Any, *, rules: MatchingRules) -> None:
        self.kept = {"weights": rules.weights, "options": rules.options, "objective": rules.objective}
        super().__init__(data, initial=self._initial(rules))
        for criterion in kinds.CRITERIA:
            default = criterion.default_weight
            self.fields[f"weight-{criterion.key}"] = forms.FloatField(
                label=f"Weight of {criterion.label}",
                help_text=f"Default {default}, our judgement.",
                min_value=0,
                max_value=1_000_000,
                required=False,
                widget=forms.NumberInput(attrs={"data-weight": criterion.key, "step": "any", "inputmode": "decimal"}),
            )
            for option in criterion.options:
                name = f"option-{criterion.key}-{option.key}"
                self.fields[name] = _field(option, self.initial[name])

    def clean(self) -> dict[str, Any]:
        """Say what to do where nothing counts at all."""
        cleaned = super().clean() or {}
        # a wrong one has its own error
        given = [cleaned.get(f"weight-{criterion.key}", 1) for criterion in kinds.CRITERIA]
        if not any(given):
            self.add_error(None, weights.NOTHING_COUNTS)
        return cleaned

    def _initial(self, rules: MatchingRules) -> dict[str, Any]:
        found: dict[str, Any] = {f"weight-{key}": weight for key, weight in rules.weights.items()}
        for criterion in kinds.CRITERIA:  # rules that were saved before there was an option stand at its default
            found |= {f"option-{criterion.key}-{option.key}": option.default for option in criterion.options}
        for key, options in rules.options.items():
            found |= {f"option-{key}-{name}": value for name, value in options.items()}
        objective = rules.objective
        floor, cost = objective.get("floor", 0) // 100, objective.get("cost")
        return found | {"objective": objective.get("kind", "total"), "floor": floor, "cost": cost}

    @property
    def content(self) -> dict[str, dict[str, Any]]:
        """Clean values; the form must be valid."""
        data = self.cleaned_data
        objective: dict[str, Any] = {"kind": data["objective"], "floor": 100 * (data["floor"] or 0)}
        if data["objective"] == RAISING and data["cost"] is not None:
            objective["cost"] = data["cost"]
        return {
            "weights": {criterion.key: _plain(data[f"weight-{criterion.key}"] or 0) for criterion in kinds.CRITERIA},
            "options": {
                criterion.key: {
                    option.key: _chosen(option, data[f"option-{criterion.key}-{option.key}"])
                    for option in criterion.options
                }
                for criterion in kinds.CRITERIA
            },
            "objective": objective,
        }

    def sections(self) -> list[Section]:
        """The criteria in reading order with their fields."""
        given = {criterion.key: self._weight(criterion.key) for criterion in kinds.CRITERIA}
        shares = weights.shares(given)
        found = []
        for criterion in kinds.CRITERIA:
            fields = {option.key: self[f"option-{criterion.key}-{option.key}"] for option in criterion.options}
            changed = any(fields[option.key].value() != option.default for option in criterion.options)
            weight = self[f"weight-{criterion.key}"]
            said = filter(None, (_said(option, fields[option.key].value()) for option in criterion.options))
            chosen = list(fields.values())
            found.append(Section(criterion, weight, shares[criterion.key], chosen, changed, " · ".join(said)))
        return found

    def _weight(self, key: str) -> float:
        try:
            return max(0.0, float(self[f"weight-{key}"].value() or 0))
        except ValueError:
            return 0.0


def _said(option: Any, value: Any) -> str:
    """An option and its value in words; empty for a rule that is off."""
    if option.kind == "yes_no":
        return str(option.label) if value else ""
    return f"{option.label}: {option.told(value)}"


def _field(option: Any, kept: Any) -> forms.Field:
    """The field of an option; a choice that is missing here is offered only if it is the one that was kept."""
    if option.kind == "yes_no":
        return forms.BooleanField(label=option.label, help_text=option.help, required=False)
    if option.kind == "choice":
        missing = {value: option.missing(value) for value, _ in option.choices}
        choices = [(value, label) for value, label in option.choices if not missing[value] or value == kept]
        told = [option.help, *(f"{why[:1].upper()}{why[1:]}." for why in missing.values() if why)]
        unset = {"required": f"Choose one: {', '.join(str(label) for _, label in choices)}."}
        return forms.ChoiceField(label=option.label, help_text=" ".join(told), choices=choices, error_messages=unset)
    return forms.IntegerField(
        label=option.label,
        help_text=option.help,
        min_value=option.lowest,
        max_value=option.highest,
        required=False,
    )


def _chosen(option: Any, value: Any) -> Any:
    return option.default if value is None else value


def _plain(number: float) -> float:
    return int(number) if float(number).is_integer() else number
