"""A small regulation with every kind of question, and the order of one unit's form."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from campaign.ports import FormOrder, Letter
from scoring import Regulation, parse_regulation

TEXT = """
id: mau-2026
title: Quy định mẫu
short_title: Mẫu
language: vi
decision: {number: 01/QĐ-MAU, date: 2026-01-02, issuer: UBND tỉnh Mẫu, source: viết cho kiểm thử}
clauses:
  Điều 1: {title: Nhóm}
  Điều 2: {title: Điểm}
  Điều 3: {title: Xếp loại}
  Điều 4: {title: Thời gian}
groups:
  so: {label: Các sở, clause: Điều 1}
questions:
  can_bo: {label: Tổng số cán bộ, type: integer, unit: người, minimum: 1, clause: Điều 2}
  may_tinh:
    {label: Số cán bộ có máy tính, type: integer, unit: người, minimum: 0, maximum: 5000, evidence: true, good: more,
     clause: Điều 2, note: Tính đến ngày 30/9.}
  tap_huan: {label: Số cán bộ được tập huấn, type: integer, unit: người, minimum: 0, good: more, clause: Điều 2}
  tuong_lua: {label: Có tường lửa, type: boolean, evidence: true, good: "yes", assumed: văn bản không nêu phụ lục}
  bao_cao:
    {label: Gửi báo cáo năm, type: choice, choices: {dung_han: Đúng hạn, cham: Gửi chậm, khong: Không gửi},
     clause: Điều 2}
  kinh_phi: {label: Kinh phí, type: decimal, unit: triệu đồng, minimum: 1, clause: Điều 2}
  chi: {label: Đã chi, type: decimal, unit: triệu đồng, minimum: 0, clause: Điều 2}
  trang: {label: Trang thông tin có đủ nội dung, type: boolean, source: department, clause: Điều 2}
tree:
  - id: tong
    label: Tổng điểm
    clause: Điều 2
    maximum: {so: 100}
    children:
      - id: ha_tang
        number: "1"
        label: Hạ tầng
        clause: Điều 2
        maximum: {so: 50}
        children:
          - id: may
            number: "1.1"
            label: Tỷ lệ cán bộ có máy tính
            how: Điểm = tỷ lệ × điểm tối đa
            clause: Điều 2
            maximum: {so: 30}
            rule: {kind: ratio, part: may_tinh, whole: can_bo, counting: cán bộ có máy tính}
          - id: lua
            number: "1.2"
            label: Tường lửa
            how: "Có: điểm tối đa; không: 0"
            clause: Điều 2
            assumed: văn bản không nêu phụ lục
            maximum: {so: 20}
            rule: {kind: yes_no, question: tuong_lua}
      - id: quan_ly
        number: "2"
        label: Quản lý
        clause: Điều 2
        maximum: {so: 30}
        children:
          - id: tap
            number: "2.1"
            label: Tập huấn
            how: Điểm = tỷ lệ × điểm tối đa
            clause: Điều 2
            maximum: {so: 10}
            rule: {kind: ratio, part: tap_huan, whole: can_bo, counting: cán bộ được tập huấn}
          - id: bao
            number: "2.2"
            label: Báo cáo
            how: "Đúng hạn: 10; chậm: 2,5; không gửi: 0"
            clause: Điều 2
            maximum: {so: 10}
            rule: {kind: choice, question: bao_cao, points: {dung_han: 10, cham: 2.5, khong: 0}}
          - id: tien
            number: "2.3"
            label: Giải ngân
            how: Điểm = tỷ lệ × điểm tối đa
            clause: Điều 2
            maximum: {so: 10}
            rule: {kind: ratio, part: chi, whole: kinh_phi, counting: kinh phí đã chi}
      - id: trang_tin
        number: "3"
        label: Trang thông tin điện tử
        clause: Điều 2
        maximum: {so: 20}
        children:
          - id: noi_dung
            number: "3.1"
            label: Nội dung
            how: Theo dõi trong năm
            clause: Điều 2
            maximum: {so: 20}
            rule: {kind: yes_no, question: trang}
not_applicable: {policy: full_marks, clause: Điều 2}
late: {policy: not_ranked, clause: Điều 4, text: không được xếp hạng}
rounding: {digits: 2, method: half_up, assumed: văn bản không nêu}
ties: {policy: shared_then_skipped, assumed: văn bản không nêu}
grades:
  clause: Điều 3
  bands:
    - {label: Tốt, at_least: 85}
    - {label: Khá, at_least: 62.5, below: 85}
    - {label: Yếu, below: 62.5}
timetable:
  issue_on: {date: "09-15", assumed: đề xuất}
  issue_before: {date: "10-01", clause: Điều 4}
  collect_before: {date: "11-01", clause: Điều 4}
  publish_before: {date: "01-01", years_later: 1, clause: Điều 4}
  draft_ahead: {days: 14, assumed: đề xuất}
"""


SHAPES = Path(__file__).with_name("shapes.yaml").read_text(encoding="utf-8")
"""Another one, with every operation, bonus, N/A that is rescaled, levels, a pillar, points that others give."""


def regulation(text: str = TEXT) -> Regulation:
    """The small regulation, or another text of one."""
    loaded, problems = parse_regulation(text, "mau.yaml")
    assert loaded, problems
    return loaded


def order_of(rules: Regulation, group: str = "so", **changes: object) -> FormOrder:
    """The order of the form of one unit, signed by somebody invented."""
    order = FormOrder(
        key="mau-2026:so-thu",
        regulation=rules,
        group=group,
        unit_name="Sở Thử nghiệm",
        title="Đánh giá năm 2026",
        letter=Letter("123/STT-THU", date(2026, 9, 15), "Nguyễn Văn Thử"),
        last_day=date(2026, 10, 31),
        bot_username="xephang_thu_bot",
        share_with=(),
        language="vi",
    )
    return replace(order, **changes)  # type: ignore[arg-type] # fields of FormOrder
