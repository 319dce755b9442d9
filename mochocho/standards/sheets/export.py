"""Writes the workbook in which an officer types a year's criteria:
drop-downs, explanations, no merged cells. Pure.
"""

import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from mochocho.excel.writing import MAX_CELL, fits, new_book
from mochocho.standards.schema import Pack
from mochocho.standards.sheets import pack_sheets
from mochocho.standards.sheets.columns import Column, Kind, Table, shown
from mochocho.standards.sheets.pack_sheets import ABOUT, ITEM, VALUE
from mochocho.standards.sheets.rows import Row, rows_of
from mochocho.words.errors import Terminal

SPARE = 300  # empty rows below the last filled one that also have drop-downs
A4 = 9
FONT = {"font_name": "TH Sarabun New", "font_size": 14, "valign": "top"}
_BODY = {**FONT, "text_wrap": True, "border": 1, "border_color": "#BFBFBF"}
_HEAD = {**FONT, "bold": True, "text_wrap": True, "border": 1, "align": "center", "valign": "vcenter"}
FORMATS: Mapping[str, Mapping[str, Any]] = {
    "text": {**_BODY, "num_format": "@", "locked": False},
    "number": {**_BODY, "num_format": "0", "align": "center", "locked": False},
    "fixed": {**_BODY, "num_format": "@", "bg_color": "#EDEDED"},
    "about": {**FONT, "text_wrap": True, "font_color": "#595959"},
    "must": {**_HEAD, "bg_color": "#BDD7EE"},
    "may": {**_HEAD, "bg_color": "#E2EFDA"},
    "apart": {**_HEAD, "bg_color": "#EDEDED"},
    "title": {**FONT, "bold": True, "font_size": 20},
    "step": {**FONT, "text_wrap": True, "font_size": 16},
    "repeated": {"font_color": "#A6A6A6"},
    "unused": {"bg_color": "#D9D9D9"},
    "missing": {"bg_color": "#FFE699"},
    "twice": {"bg_color": "#F8CBAD"},
}
PROTECTION = {"format_cells": True, "format_columns": True, "format_rows": True}

STEPS = (
    "ไฟล์นี้คือเกณฑ์ของปีหนึ่งทั้งหมด หนึ่งแผ่นงานต่อหนึ่งเรื่อง พิมพ์แก้ได้โดยตรง แล้วนำเข้าด้วยคำสั่งข้างล่าง",
    "1. แผ่น “ข้อมูลชุด”: ตั้งรหัสชุดใหม่ ปีงบประมาณ และเลขที่กับวันที่ของหนังสือแจ้ง",
    "2. แผ่น “ตัวบ่งชี้”: หนึ่งตัวบ่งชี้ต่อแถว เพิ่มแถวใหม่ได้ทุกที่ ลบทั้งแถวเมื่อยกเลิก ไม่ต้องผสานเซลล์ เรียงและกรองได้",
    "3. แผ่น “คุณสมบัติ” “ตัวเลือก” “เอกสาร” แก้แบบเดียวกัน แผ่น “ประเภท” “ระดับคะแนน” “ขั้นการรับรอง” แก้ได้เฉพาะข้อความ",
    "4. ช่องที่มีลูกศรให้เลือกจากรายการ วางเมาส์บนหัวคอลัมน์เพื่ออ่านคำอธิบาย",
    "5. หัวคอลัมน์สีฟ้าต้องกรอก สีเขียวเว้นว่างได้ สีเทาทางขวาคือข้อความอังกฤษและที่มา เว้นว่างได้เช่นกัน",
    "6. ห้ามแก้ชื่อแผ่นงานและหัวคอลัมน์ ตัวเลขพิมพ์เลขไทยหรืออารบิกก็ได้",
    "7. บันทึกเป็น .xlsx แล้วสั่ง mochocho standards import ตามด้วยชื่อไฟล์",
    "โปรแกรมบอกทุกจุดที่ผิดพร้อมชื่อช่อง และแสดงตารางว่าอะไรเปลี่ยนจากชุดเดิม ก่อนจะเขียนอะไรลงไป",
)


def workbook_of(pack: Pack) -> bytes:
    """The pack as an .xlsx file; the same pack gives the same bytes. Raises Terminal for a text too long."""
    target = io.BytesIO()
    with new_book(target) as book:
        formats = {name: book.add_format(dict(look)) for name, look in FORMATS.items()}
        _guide(book.add_worksheet(pack_sheets.GUIDE), formats)
        rows = rows_of(pack)
        for table in pack_sheets.TABLES:
            sheet = book.add_worksheet(table.title)
            if table is pack_sheets.PACK:
                _downwards(sheet, table, rows[table.title][0], formats)
            else:
                _across(sheet, table, rows[table.title], formats)
            if table.fixed:
                sheet.protect("", PROTECTION)
            _printed(sheet, f"{pack.programme_th} {pack.id}")
        book.get_worksheet_by_name(pack_sheets.INDICATORS.title).activate()
    return target.getvalue()


def _guide(sheet: Any, formats: Mapping[str, Any]) -> None:
    sheet.set_column(0, 0, 110)
    sheet.write_string(0, 0, "วิธีกรอกเกณฑ์ของปี", formats["title"])
    for number, line in enumerate(STEPS, start=1):
        sheet.write_string(number, 0, line, formats["step"])
    sheet.hide_gridlines(2)
    _printed(sheet, "")


def _printed(sheet: Any, heading: str) -> None:
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.set_header(f"&L{heading[:100].replace('&', '&&')}&R&A")
    sheet.set_footer("&Cหน้า &P จาก &N")


def _downwards(sheet: Any, table: Table, row: Row, formats: Mapping[str, Any]) -> None:
    for place, (heading, width) in enumerate(((ITEM, 26), (VALUE, 60), (ABOUT, 80))):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, heading, formats["must"])
    for number, column in enumerate(table.columns, start=1):
        sheet.write_string(number, 0, column.heading, formats["fixed"])
        _write(sheet, (number, 1), column, row.get(column.key), formats)
        sheet.write_string(number, 2, column.hint, formats["about"])
        _choices(sheet, column, number, number, 1)
    sheet.freeze_panes(1, 1)


def _across(sheet: Any, table: Table, rows: Sequence[Row], formats: Mapping[str, Any]) -> None:
    last = len(rows) + (0 if table.fixed else SPARE)
    for place, column in enumerate(table.columns):
        look = "apart" if column.apart else "must" if column.must else "may"
        options = {"level": 1} if column.apart else {}
        sheet.set_column(place, place, column.width, None if table.fixed else _look(column, formats), options)
        sheet.write_string(0, place, column.heading, formats[look])
        sheet.write_comment(0, place, column.hint, {"x_scale": 2.2, "y_scale": 1.4, "font_size": 11})
        for number, row in enumerate(rows, start=1):
            _write(sheet, (number, place), column, row.get(column.key), formats)
        _choices(sheet, column, 1, last, place)
    for first, end, rule, look in _signals(table, last):
        sheet.conditional_format(
            1, first, last, end, {"type": "formula", "criteria": rule, "format": formats[look]}
        )
    sheet.freeze_panes(1, table.frozen)
    sheet.repeat_rows(0)
    printed = table.printed or sum(not column.apart for column in table.columns)
    sheet.print_area(0, 0, len(rows), printed - 1)
    if not table.fixed:
        sheet.autofilter(0, 0, max(len(rows), 1), len(table.columns) - 1)


def _look(column: Column, formats: Mapping[str, Any]) -> Any:
    return formats["fixed" if column.fixed else "number" if column.kind is Kind.WHOLE else "text"]


def _write(
    sheet: Any, at: tuple[int, int], column: Column, value: object, formats: Mapping[str, Any]
) -> None:
    look = _look(column, formats)
    if isinstance(value, int) and value not in column.words:
        sheet.write_number(*at, value, look)
        return
    text = shown(column, value)
    if not fits(text):
        raise Terminal(
            f"“{column.heading}” ยาวเกิน {MAX_CELL} ตัวอักษร ซึ่ง Excel หนึ่งช่องเก็บไม่ได้ ให้ย่อใน YAML ก่อน",
            f"“{column.heading}” is longer than {MAX_CELL} letters, more than a cell of Excel holds; "
            "shorten it in the YAML first",
        )
    if text:
        sheet.write_string(*at, text, look)
    else:
        sheet.write_blank(*at, None, look)


def _choices(sheet: Any, column: Column, first: int, last: int, place: int) -> None:
    """The drop-down of a column, or the limits of its numbers."""
    rule: dict[str, Any] = {"error_title": column.heading[:32]}
    if column.words and not column.fixed:
        message = "เลือกจากรายการ (กดลูกศรข้างช่อง)"
        rule |= {
            "validate": "list",
            "source": [w[0] for w in column.words.values()],
            "error_message": message,
        }
    elif column.key in _ELSEWHERE:
        message = "รหัสนี้ยังไม่มีในแผ่นที่อ้างถึง"
        source = f"='{_ELSEWHERE[column.key].title}'!$B$2:$B${SPARE * 2}"
        rule |= {"validate": "list", "source": source, "error_type": "warning", "error_message": message}
    elif column.kind is Kind.WHOLE:
        message = "พิมพ์จำนวนเต็ม เช่น 5"
        whole = {"validate": "integer", "criteria": ">=", "value": 0}
        rule |= {**whole, "error_type": "warning", "error_message": message}
    else:
        return
    sheet.data_validation(first, place, last, place, rule)


# Columns that hold a code from another sheet, where codes are in column B.
_ELSEWHERE = {"proof_document": pack_sheets.DOCUMENTS, "rule": pack_sheets.ELIGIBILITY}


def _signals(table: Table, last: int) -> Iterator[tuple[int, int, str, str]]:
    """Colours that help while typing: (first column, last column, rule for row 2, format)."""
    if table in (pack_sheets.ELIGIBILITY, pack_sheets.DOCUMENTS):
        yield 1, 1, f'=AND($B2<>"",COUNTIFS($A$2:$A${last + 1},$A2,$B$2:$B${last + 1},$B2)>1)', "twice"
    if table is not pack_sheets.INDICATORS:
        return
    count, percent = (pack_sheets.INDICATORS.column("kind").words[k][0] for k in ("count", "percent"))
    kind, threshold, unit, code = (table.place(key) for key in ("kind", "threshold", "unit_th", "code"))
    k, t, u, c = (f"${chr(65 + place)}" for place in (kind, threshold, unit, code))
    yield code, code, f'=AND({c}2<>"",COUNTIFS($A$2:$A${last + 1},$A2,{c}$2:{c}${last + 1},{c}2)>1)', "twice"
    yield threshold, threshold, f'=AND({k}2<>"",{k}2<>"{count}",{k}2<>"{percent}")', "unused"
    yield threshold, threshold, f'=AND(OR({k}2="{count}",{k}2="{percent}"),{t}2="")', "missing"
    yield unit, unit, f'=AND({k}2<>"",{k}2<>"{count}")', "unused"
    yield unit, unit, f'=AND({k}2="{count}",{u}2="")', "missing"
    yield 1, 4, '=AND(B2<>"",B2=B1,$A2=$A1)', "repeated"
