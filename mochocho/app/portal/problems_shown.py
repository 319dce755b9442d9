"""Every error as a page in Thai, or as a fragment where a script asked; never a traceback."""

import logging

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException, SecurityError

from mochocho.app.portal.rendering import render
from mochocho.words.errors import BadInput, MochochoError, Transient

log = logging.getLogger(__name__)

# What happened, and what to do, by HTTP status.
SAID = {
    400: ("คำขอไม่ถูกต้อง", "ให้เปิดหน้าใหม่แล้วลองอีกครั้ง"),
    401: ("ต้องเข้าสู่ระบบอีกครั้ง", "ไม่ได้ใช้งานนานเกินไป หรือบัญชีถูกใช้งานที่อื่น สิ่งที่เพิ่งกดยังไม่ถูกบันทึก"),
    403: ("เปิดไม่ได้", "บัญชีของท่านไม่มีสิทธิ์เปิดหน้านี้"),
    404: ("ไม่พบหน้านี้", "อาจถูกลบ อยู่นอกพื้นที่ของท่าน หรือที่อยู่ไม่ถูกต้อง"),
    405: ("เปิดไม่ได้", "หน้านี้เปิดตรงไม่ได้ ให้กลับไปหน้าก่อนแล้วกดปุ่ม"),
    409: ("มีการเปลี่ยนแปลงระหว่างนั้น", "สิ่งที่กดยังไม่ถูกบันทึก ให้ดูค่าปัจจุบันแล้วตัดสินใจอีกครั้ง"),
    413: ("ไฟล์ใหญ่เกินไป", "ให้แบ่งไฟล์หรือย่อภาพแล้วส่งอีกครั้ง"),
    429: ("ลองหลายครั้งเกินไป", "ให้รอ 15 นาทีแล้วลองอีกครั้ง"),
    500: ("ระบบขัดข้อง", "สิ่งที่เพิ่งกดอาจยังไม่ถูกบันทึก ให้เปิดหน้าใหม่ดู ถ้ายังเป็นอยู่ให้แจ้งผู้ดูแลระบบ"),
    503: ("ระบบยังไม่พร้อม", "สิ่งที่เพิ่งกดยังไม่ถูกบันทึก ให้รอสักครู่แล้วลองอีกครั้ง"),
}


def install(app: Flask) -> None:
    """Answer every error of the site here."""
    app.register_error_handler(HTTPException, _of_http)
    app.register_error_handler(MochochoError, _of_ours)
    app.register_error_handler(Exception, _unforeseen)


def _of_http(error: HTTPException) -> Response:
    status = error.code or 500
    if status < 400:  # a redirection of the router
        return Response(status=status, headers=error.get_headers())
    if isinstance(error, SecurityError):  # under a name that is not ours there are no pages
        return Response(SAID[400][0], 400, mimetype="text/plain")
    _, advice = SAID.get(status, SAID[500])
    own = error.description if error.description != type(error).description else ""
    return _page(status, own or advice)


def _of_ours(error: MochochoError) -> Response:
    if isinstance(error, Transient):
        return _page(503, error.th)
    return _page(409 if isinstance(error, BadInput) else 500, error.th)


def _unforeseen(error: Exception) -> Response:  # noqa: ARG001 - the log takes it from where it is being handled
    log.exception("%s %s failed", request.method, request.url_rule)
    return _page(500, SAID[500][1])


def _page(status: int, advice: str) -> Response:
    title = SAID.get(status, SAID[500])[0]
    return render("problem.html", status, title=title, advice=advice, status_code=status)
