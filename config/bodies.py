"""What the API reads of a request's body."""

from typing import Any

from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser


class PlainJSONParser(JSONParser):
    """JSON. What cannot be read is bad input (400) told in Chinese; nesting that exhausts the stack too."""

    def parse(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().parse(*args, **kwargs)
        except RecursionError as error:
            raise ParseError(
                "请求内容的 JSON 嵌套过深，无法读取。请按接口文档的字段重新组织后提交。"
            ) from error
        except ParseError as error:
            raise ParseError(
                "请求内容不是合法的 JSON（UTF-8 编码），无法读取。请检查引号、逗号和括号后重新提交。"
            ) from error
