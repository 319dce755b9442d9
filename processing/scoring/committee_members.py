"""The members of the committees as a home's settings name them."""

from mochocho.storage.home import Home
from mochocho.words.model import Round
from processing.scoring.named_committee import Member, Role

_ROUNDS = {"district": Round.ONSITE, "provincial": Round.PROVINCIAL}


def of(home: Home) -> tuple[Member, ...]:
    """Everyone, in the order of the settings; a district that the province has not is nobody's."""
    codes = {district.name_th: district.code for district in home.province.districts}
    return tuple(
        Member(
            one.name,
            _ROUNDS[one.committee],
            Role(one.role),
            tuple(codes.get(name.removeprefix("อำเภอ"), name) for name in one.districts),
        )
        for one in home.settings.committees.assessors
    )
