"""What stands in the address of a question for measures."""

from datetime import date
from typing import Annotated

from fastapi import Query

from services.contracts.projects.measures import FundingState, MeasureState
from services.contracts.shared.base import Key
from services.projects.measures.queries import Wanted


async def wanted(
    state: Annotated[MeasureState | None, Query(description="In this state.")] = None,
    project: Annotated[Key | None, Query(description="Of this project.")] = None,
    strategy: Annotated[Key | None, Query(description="Of this strategy or plan.")] = None,
    field_of_action: Annotated[Key | None, Query(description="Of this field of action.")] = None,
    goal: Annotated[Key | None, Query(description="That serve this goal.")] = None,
    area: Annotated[Key | None, Query(description="For this area.")] = None,
    target_group: Annotated[Key | None, Query(description="For this target group.")] = None,
    responsible: Annotated[
        Key | None, Query(description="With this organisation in charge.")
    ] = None,
    department: Annotated[Key | None, Query(description="Of this department.")] = None,
    planning_field: Annotated[Key | None, Query(description="Of this planning field.")] = None,
    action_plan: Annotated[Key | None, Query(description="Taken up by this action plan.")] = None,
    grant: Annotated[Key | None, Query(description="Paid by this grant.")] = None,
    indicator: Annotated[Key | None, Query(description="With a target on this indicator.")] = None,
    funding_state: Annotated[
        FundingState | None, Query(description="Whose funding stands like this.")
    ] = None,
    year: Annotated[int | None, Query(ge=1950, le=2100, description="That run in a year.")] = None,
    on: Annotated[date | None, Query(description="That run on this day.")] = None,
) -> Wanted:
    """The measures asked for."""
    return Wanted(
        state=state,
        project=project,
        strategy=strategy,
        field_of_action=field_of_action,
        goal=goal,
        area=area,
        target_group=target_group,
        responsible=responsible,
        department=department,
        planning_field=planning_field,
        action_plan=action_plan,
        grant=grant,
        indicator=indicator,
        funding_state=funding_state,
        year=year,
        on=on,
    )
