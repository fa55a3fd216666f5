"""Reading bodies: JSON without what neither JSON nor the database knows."""

import json
from typing import Any

from django.http import HttpRequest
from ninja.parser import Parser


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON")


class StrictJson(Parser):
    """JSON (RFC 8259): no NaN, no lone surrogates; anything else is unreadable and never an error of ours."""

    def parse_body(self, request: HttpRequest) -> Any:
        data = json.loads(request.body, parse_constant=_refuse)
        json.dumps(data, ensure_ascii=False).encode()  # a lone surrogate («\\ud800») is no text in UTF-8
        return data
