"""What codes mean: employment status, class of employees, reason for leaving, earnings and employers.

The same letter means different things in different files, so nothing is known of a code but what is declared here.
"""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from planrules.people.models import Reason

State = Literal["active", "leave", "terminated", "retired", "deceased", "not_hired"]
PayAmount = Literal[
    "compensation",
    "salary_reduction",
    "bonus",
    "overtime",
    "commissions",
    "other_elective_contributions",
    "cash_or_deferred",
    "mandatory_contribution",
    "none",
]


class Declared(BaseModel):
    """The common manner of everything declared: unchangeable once read, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, defer_build=True)


def _words(given: object) -> object:
    """A number in YAML, such as a header `401` or a code `1`, is that word."""
    if isinstance(given, list | tuple):
        return tuple(_words(each) for each in given)
    return str(given) if isinstance(given, int) and not isinstance(given, bool) else given


def _word_keys(given: object) -> object:
    return {_words(key): value for key, value in given.items()} if isinstance(given, Mapping) else given


Word = Annotated[str, BeforeValidator(_words, json_schema_input_type=str | int), Field(min_length=1)]
Words = Annotated[tuple[Word, ...], BeforeValidator(_words, json_schema_input_type=list[str | int])]


class StatusCode(Declared):
    """What a status code says; a bare word is its state.

    Attributes:
        state: active, leave, terminated, retired, deceased, or not_hired (the row is left out); null when the code is
            about something else.
        class_: the class of employees it says the person is in; null when none.
    """

    state: State | None = None
    class_: Word | None = Field(default=None, alias="class")


class EarningCode(Declared):
    """What a payroll code counts for.

    Attributes:
        hours: whether its hours are Hours of Service.
        amount: the pay column its amount is added to. Parts of the compensation, such as bonus, also count in it.
    """

    hours: Literal["service", "not_service"]
    amount: PayAmount


def _state_alone(given: object) -> object:
    return {"state": given} if isinstance(given, str) else given


StateOrStatusCode = Annotated[StatusCode, BeforeValidator(_state_alone, json_schema_input_type=State | StatusCode)]


class Codes(Declared):
    """What the codes of one file mean. A code that is not here is a fault of its row; none is ever guessed.

    Attributes:
        status: employment status.
        class_: class of employees; null for codes that are in no class an election asks about.
        reason: reason for leaving; null where the code gives none of them.
        earning: earnings and deductions.
        employer: company codes, each with the employer's name as the elections have it; none: the file has the names.
        yes_no: headers of class columns whose cells may say Y, Yes, N or No, each with the class that a yes says; a no
            is then in no class an election asks about.
    """

    status: Annotated[Mapping[str, StateOrStatusCode], BeforeValidator(_word_keys)] = Field(default_factory=dict)
    class_: Annotated[Mapping[str, Word | None], BeforeValidator(_word_keys)] = Field(
        default_factory=dict, alias="class"
    )
    reason: Annotated[Mapping[str, Reason | None], BeforeValidator(_word_keys)] = Field(default_factory=dict)
    earning: Annotated[Mapping[str, EarningCode], BeforeValidator(_word_keys)] = Field(default_factory=dict)
    employer: Annotated[Mapping[str, Word], BeforeValidator(_word_keys)] = Field(default_factory=dict)
    yes_no: Annotated[Mapping[str, Word], BeforeValidator(_word_keys)] = Field(default_factory=dict)
