"""Traffic lights over HTTP."""

from services.contracts.projects.portfolio_lights import ProjectLights
from services.kit.app import router
from services.kit.database import Reading
from services.kit.days import today
from services.projects.portfolio.routes import INSPECT, On
from services.projects.portfolio_lights import queries

portfolio_lights = router("Controlling")


@portfolio_lights.get(
    "/portfolio/lights", response_model=list[ProjectLights], dependencies=[INSPECT]
)
async def list_portfolio_lights(session: Reading, on: On = None) -> list[ProjectLights]:
    """List the traffic lights of all funded projects.

    Of each project with a grant on the day (Ampeln), the worst first: overdue obligations, money
    that was not used in time, lines of the budget exceeded beyond what others save, money that
    lapses, targets behind their pace, positions without money, and nothing that follows on the last
    grant. Each says the rule that lit it, its clauses, and the values it was asked with. What
    nobody can tell lights nothing and is named. Bookings count here as receipts do.
    """
    return await queries.lights(session, on or today())
