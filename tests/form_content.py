"""An XForm split into what a person sees and what a phone obeys, for comparing two field by field."""

from collections.abc import Iterator

from lxml import etree

XFORMS = "http://www.w3.org/2002/xforms"
NS = {"x": XFORMS, "h": "http://www.w3.org/1999/xhtml"}
JR = "{http://openrosa.org/javarosa}"

Content = dict[str, object]


def content(xform: str) -> Content:
    """Keys: `bind NODE`, `question NODE`, `text LANGUAGE ID`, `choices LIST`, `order`, `form`, `model`."""
    root = etree.fromstring(xform.encode())
    found: Content = {}
    found |= {f"bind {bind.get('nodeset')}": dict(bind.attrib) for bind in root.iterfind(".//x:bind", NS)}
    found |= dict(_questions(root))
    found |= dict(_texts(root))
    found |= dict(_choices(root))
    found["order"] = [key for key in found if key.startswith("question ")]
    (instance,) = root.iterfind(".//x:model/x:instance[1]/*", NS)
    found["form"] = (
        dict(instance.attrib),
        [(e.tag, e.text, dict(e.attrib)) for e in instance.iter(etree.Element)],
    )
    found["model"] = [
        _flat(e) for e in root.iterfind(".//x:model/*", NS) if e.tag.startswith("{http://www.opendatakit")
    ]
    return found


def differences(ours: Content, theirs: Content) -> list[str]:
    """One line for every field that is not the same, in words."""
    keys = list(dict.fromkeys((*ours, *theirs)))
    return [
        f"{key}: ours {ours.get(key)!r}, theirs {theirs.get(key)!r}"
        for key in keys
        if ours.get(key) != theirs.get(key)
    ]


def _questions(root: etree._Element) -> Iterator[tuple[str, object]]:
    """Every control of the body: what kind, its attributes, and what it shows, itemset included."""
    for control in root.iterfind(".//h:body//*[@ref]", NS):
        if etree.QName(control).localname in ("label", "hint", "value"):
            continue
        shown = [_flat(child) for child in control if not (child.get("ref") or child.get("nodeset"))]
        shown += [_flat(child) for child in control if etree.QName(child).localname in ("label", "hint")]
        itemset = [(dict(e.attrib), [_flat(v) for v in e]) for e in control.iterfind("x:itemset", NS)]
        kind = etree.QName(control).localname
        yield f"question {control.get('ref')}", (kind, dict(control.attrib), shown, itemset)
    for repeat in root.iterfind(".//h:body//x:repeat", NS):
        yield f"question repeat {repeat.get('nodeset')}", dict(repeat.attrib)


def _texts(root: etree._Element) -> Iterator[tuple[str, object]]:
    for language in root.iterfind(".//x:itext/x:translation", NS):
        for text in language.iterfind("x:text", NS):
            key = f"text {language.get('lang')} {text.get('id')}"
            yield key, [etree.tostring(value, method="c14n") for value in text]


def _choices(root: etree._Element) -> Iterator[tuple[str, object]]:
    for instance in root.iterfind(".//x:model/x:instance[@id]", NS):
        items = [
            {etree.QName(e).localname: e.text for e in item} for item in instance.iterfind(".//x:item", NS)
        ]
        yield f"choices {instance.get('id')}", (instance.get("src"), items)


def _flat(element: etree._Element) -> tuple[str, dict[str, str], str]:
    return str(element.tag), dict(element.attrib), "".join(str(text) for text in element.itertext())
