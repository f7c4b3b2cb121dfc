"""What a person may type to sign in, and the upload of a table."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError

from accounts.importing import IMPORTS, Outcome
from accounts.models import User
from accounts.tables import LIMIT


class SignInForm(AuthenticationForm):
    """Django's own, in the office's words."""

    error_messages = {
        "invalid_login": "账号或密码不对，请检查大小写后重试。多次输错会暂时锁定；忘记密码请找系统管理员。",
        "inactive": "这个账号已停用，请联系系统管理员。",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "账号"
        self.fields["password"].label = "密码"


class ImportForm(forms.Form):
    """Which table, and the file. A previewed file is asked for again: browsers do not hand it back."""

    kind = forms.ChoiceField(
        label="导入什么",
        choices=[(name, table.label) for name, table in IMPORTS.items()],
        widget=forms.RadioSelect,
        initial="departments",
    )
    file = forms.FileField(
        label="CSV 文件",
        help_text="第一行是列名；Excel 里“另存为 → CSV UTF-8”即可，GBK/GB18030 编码也认。",
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv"}),
        error_messages={"empty": "这个文件是空的，请重新另存为 CSV 后上传。"},
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > min(LIMIT, settings.MAX_UPLOAD_BYTES):
            raise ValidationError(f"文件超过 {LIMIT // 1024 // 1024} MB，请分成几个文件导入。")
        return file

    def run(self, *, by: User, is_preview: bool) -> Outcome:
        """Import the file, or only find out what importing it would do."""
        content = self.cleaned_data["file"].read()
        return IMPORTS[self.cleaned_data["kind"]].run(content, by=by, is_preview=is_preview)
