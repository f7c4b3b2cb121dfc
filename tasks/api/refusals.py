"""What a verb refuses, as an answer of the API: 403, 409 or 400, with the reason in Chinese."""

from typing import Any

from django.core.exceptions import ValidationError
from rest_framework import status
from rest_framework.exceptions import APIException
from rest_framework.fields import get_error_detail
from rest_framework.response import Response
from rest_framework.serializers import ValidationError as BadInput
from rest_framework.views import APIView

from tasks.actions import MoveRefused


class WrongMoment(APIException):
    """409: the item's state does not allow the verb now."""

    status_code = status.HTTP_409_CONFLICT
    default_code = "wrong_moment"


class PlainRefusals(APIView):
    """For views that call verbs. `conflicts`: further exceptions that mean 409."""

    conflicts: tuple[type[Exception], ...] = (MoveRefused,)

    def handle_exception(self, exc: Exception) -> Response:
        refusal: Any = exc
        if isinstance(exc, self.conflicts):
            refusal = WrongMoment(str(exc))
        elif isinstance(exc, ValidationError):
            refusal = BadInput(get_error_detail(exc))
        return super().handle_exception(refusal)
