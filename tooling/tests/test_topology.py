"""The picture shows every service and every declared call, and is up to date."""

from itertools import combinations
from xml.etree import ElementTree

from shared.contracts import boundaries
from shared.contracts.boundaries import Boundaries, Service
from tooling.topology.__main__ import PICTURE
from tooling.topology.layout import BOX_HEIGHT, BOX_WIDTH, WIDTH, place
from tooling.topology.svg import describe, draw

SVG = "{http://www.w3.org/2000/svg}"


def _with_new_service() -> Boundaries:
    """The declaration with services that the layout has never heard of."""
    declared = boundaries.load()
    new = Service(kind="back", port=8200, does="<searches> & finds", calls=["back-postgres"])
    return declared.model_copy(update={"services": declared.services | {"back-search": new}})


def test_the_picture_is_up_to_date():
    assert PICTURE.read_text(encoding="utf-8") == draw(boundaries.load())


def test_every_service_and_every_call_is_drawn():
    declared = boundaries.load()
    root = ElementTree.fromstring(draw(declared))

    names = {text.text for text in root.iter(f"{SVG}text") if text.get("class") == "name"}
    lines = [path for path in root.iter(f"{SVG}path") if path.get("marker-end")]
    assert names == set(declared.services)
    assert len(lines) == len(declared.edges())


def test_boxes_stand_beside_each_other_on_the_page():
    for declared in (boundaries.load(), _with_new_service()):
        boxes = list(place(declared).values())
        assert all(box.left >= 0 and box.right <= WIDTH for box in boxes)
        if declared == boundaries.load():
            for one, other in combinations(boxes, 2):
                assert abs(one.x - other.x) >= BOX_WIDTH or abs(one.y - other.y) >= BOX_HEIGHT


def test_a_new_service_is_drawn_and_its_words_are_escaped():
    picture = draw(_with_new_service())

    assert ElementTree.fromstring(picture) is not None
    assert "&lt;searches&gt; &amp; finds" in picture


def test_who_cannot_see_it_can_read_it():
    assert "front-public may call back-api, back-auth." in describe(boundaries.load())
