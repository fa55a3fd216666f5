"""Files as answers: never opened by the browser as pages of ours."""

from django.http import HttpResponse


def pdf_answer(content: bytes, name: str) -> HttpResponse:
    """A PDF to keep."""
    return file_answer(content, name, "application/pdf")


def file_answer(content: bytes, name: str, content_type: str) -> HttpResponse:
    """A file to keep; its name is quoted by the framework."""
    answer = HttpResponse(content, content_type=content_type)
    answer.headers["Content-Disposition"] = _disposition(name)
    return answer


def _disposition(name: str) -> str:
    from django.utils.http import content_disposition_header

    return str(content_disposition_header(True, name))
