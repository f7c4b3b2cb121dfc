"""`manage.py explain FILE`: the parse tree of one speech, for parser authors. Needs no database."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from speeches import parser
from speeches.management.files import add_file_arguments, cleaned_text, context_for


class Command(BaseCommand):
    """Sections, sentences, clauses, finds and the names of the rules that made each."""

    help = "打印一篇讲话的解析过程：标题、句子、分句、识别结果和所用规则。不需要数据库。"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Options in Chinese."""
        add_file_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """The tree, line by line."""
        text = cleaned_text(options["file"])
        self.stdout.write(parser.explain(text, context_for(text, options["spoken_on"])))
