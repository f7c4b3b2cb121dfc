"""A form field in which departments are typed by the names people use."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.models import Department
from accounts.naming import departments_named


class DepartmentsField(forms.CharField):
    """Names joined by 、 in, a list of departments out. `limit=1` for a lead.

    The page offers names through a `<datalist id="department-names">`.
    """

    def __init__(self, *, limit: int | None = None, **kwargs: Any) -> None:
        self.limit = limit
        attrs = {
            "list": "department-names",
            "autocomplete": "off",
            "data-names": "1" if limit == 1 else "many",
        }
        options: dict[str, Any] = {
            "required": False,
            "max_length": 2000,
            "widget": forms.TextInput(attrs=attrs),
        }
        super().__init__(**options | kwargs)

    def clean(self, value: Any) -> list[Department]:
        departments = departments_named(super().clean(value))
        if self.limit is not None and len(departments) > self.limit:
            raise ValidationError(f"这里只能填 {self.limit} 个单位，其余请填到别的栏目。")
        return departments
