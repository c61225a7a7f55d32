"""What a coordinator hands in: a file, what its columns are, answers."""

from __future__ import annotations

from typing import Any

from django import forms

from ithaca.intake.models import Upload
from ithaca.kernel.sheets.sheet import MAX_BYTES
from ithaca.rosters import fields

BOTH = "both"
ROLES = [("mentor", "Mentors"), ("mentee", "Mentees"), (BOTH, "Both; a column says who is what")]


class RoleField(forms.ChoiceField):
    """Mentors, mentees or both; the clean value is blank for both."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=ROLES, **kwargs)

    def clean(self, value: Any) -> str:
        """The role of all rows, or blank."""
        chosen = str(super().clean(value))
        return "" if chosen == BOTH else chosen


class UploadForm(forms.Form):
    """A spreadsheet and whom it is about."""

    role = RoleField(label="Who is in the file?", widget=forms.RadioSelect)
    file = forms.FileField(
        label="Spreadsheet",
        help_text=".csv, .xlsx or .ods, up to 50 MB and 100,000 rows. Exports of Google and Microsoft Forms are welcome "
        "as they are.",
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.xlsm,.ods,.xls"}),
        error_messages={
            "required": "Please choose a spreadsheet.",
            "empty": "The file is empty. Please choose another one.",
        },
    )

    def clean_file(self) -> Any:
        """Refuse before reading what is far too large."""
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(
                "The file is larger than 50 MB. Please split it, or save only the sheet with the people."
            )
        return file


class ColumnsForm(forms.Form):
    """One choice per column; `rows` pairs each with what is shown beside it."""

    def __init__(self, upload: Upload, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.upload = upload
        choices = [(field.key, field.label) for field in fields.FIELDS if field.key != "role" or not upload.role]
        for index, column in enumerate(upload.columns):
            self.fields[f"column-{index}"] = forms.ChoiceField(
                label=column["header"],
                choices=choices,
                initial=column["field"],
                widget=forms.Select(attrs={"class": "select w-full"}),
            )

    def rows(self) -> list[dict[str, Any]]:
        """What the page shows of each column."""
        return [
            {
                "field": self[f"column-{index}"],
                "examples": column["examples"],
                "look": column["confidence"] < 70 and not self.upload.confirmed_at and not self.upload.remembered,
            }
            for index, column in enumerate(self.upload.columns)
        ]

    def choices(self) -> dict[str, str]:
        """Field by the name of the column."""
        return {
            column["header"]: self.cleaned_data[f"column-{index}"] for index, column in enumerate(self.upload.columns)
        }


class SheetForm(forms.Form):
    """Another sheet of the workbook, or another side."""

    def __init__(self, upload: Upload, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sheets = [(name, name) for name in upload.sheets]
        self.fields["role"] = RoleField(label="Who is in it", initial=upload.role or BOTH)
        if len(sheets) > 1:
            self.fields["sheet"] = forms.ChoiceField(label="Sheet", choices=sheets, initial=upload.sheet)
