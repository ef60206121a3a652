"""The map of the spheres, drawn with shapes that can be moved."""

from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR

from cafe.restitution.deck import Spheres
from cafe.restitution.drawing import placed
from cafe.restitution.fitting import LINE as LEADING
from cafe.restitution.fitting import cut
from cafe.restitution.look import Look
from cafe.restitution.pptx_blocks import put_caption
from cafe.restitution.pptx_page import DATA, INK, SOFT, WHITE, Box, Type, block, describe, fill, write


def put_spheres(slide, box: Box, spheres: Spheres, look: Look) -> None:
    """The operator in the middle, the others around; beside, who they are."""
    room = put_caption(slide, box, spheres.caption)
    side = min(room.height, room.width * 0.46)
    for sphere, (x, y, radius) in zip(spheres.spheres, placed(spheres.spheres), strict=True):
        disc = Box(
            room.left + (x - radius) * side, room.top + (y - radius) * side, 2 * radius * side, 2 * radius * side
        )
        drawn = block(slide, disc, look.colour if sphere.inside else DATA, MSO_SHAPE.OVAL)
        describe(drawn, f"{sphere.label} : {sphere.people}")
        if radius * side > 17:
            fill(
                drawn.text_frame, [(str(sphere.people), Type(14, WHITE, bold=True, align="center"))], MSO_ANCHOR.MIDDLE
            )
        label = cut(sphere.label, 11, 130, 2)
        under = Box(disc.left + disc.width / 2 - 70, disc.top + disc.height + 2, 140, 30)
        write(slide, under, [(label, Type(11, INK, bold=True, align="center"))])
    _spheres_list(slide, Box(room.left + side + 30, room.top, room.width - side - 30, room.height), spheres)


def _spheres_list(slide, box: Box, spheres: Spheres) -> None:
    share = box.height / max(len(spheres.spheres), 1)
    for place, sphere in enumerate(spheres.spheres):
        own = Box(box.left, box.top + place * share, box.width, share - 6)
        name = cut(f"{sphere.label} : {sphere.people}", 15, own.width, 1)
        room = max(int((own.height - 20) / (12 * LEADING)), 0)
        told = cut(sphere.told, 12, own.width, room) if sphere.told and room else ""
        lines = [(name, Type(15, INK, bold=True, spacing=2))] + ([(told, Type(12, SOFT))] if told else [])
        write(slide, own, lines, MSO_ANCHOR.MIDDLE)
