"""Who decides, advises and steers in Jena (Gremien)."""

from services.contracts.boards.bodies import BodyKind, Mandate, NewBody
from services.demo.texts import texts

HEAD_OF_DEPARTMENT = texts(
    "Leitung des Dezernats für Familie, Bildung und Soziales",
    "Head of the Department for Family, Education and Social Affairs",
    "Capo del Dipartimento per la famiglia, l'istruzione e gli affari sociali",
)
DEPARTMENT = "dezernat-familie-bildung-soziales"
_OF_FAMILIES = ["haushalte-familien"]
"""Through the LSZ the state supports families."""

BODIES = [
    NewBody(
        key="stadtrat",
        name=texts("Stadtrat", "City Council", "Consiglio comunale"),
        kind=BodyKind.council,
        mandates=[Mandate.decides],
        subjects=[
            texts(
                "Konzept der kommunalen Armutspräventionsstrategie",
                "Concept of the municipal poverty prevention strategy",
            )
        ],
        hosted_by="stadt-jena",
    ),
    NewBody(
        key="sozialausschuss",
        name=texts("Sozialausschuss", "Social Committee", "Comitato sociale"),
        kind=BodyKind.committee,
        mandates=[Mandate.decides],
        subjects=[
            texts(
                "Umsetzung des Landesprogramms Solidarisches Zusammenleben der Generationen",
                "Implementation of the state programme Solidarity between the Generations",
                "Attuazione del programma statale Solidarietà tra le generazioni",
            )
        ],
        tasks=[
            texts(
                "Entscheidet, welche Projekte, Maßnahmen, Einrichtungen und Dienste es gibt",
                "Decides which projects, measures, facilities and services are carried out",
            )
        ],
        topics=_OF_FAMILIES,
        parent="stadtrat",
        hosted_by="stadt-jena",
    ),
    NewBody(
        key="programmbeirat-abi",
        name=texts(
            "Programmbeirat Armutsprävention - Bildungsförderung - Integration",
            "Programme Advisory Board Poverty Prevention - Education Promotion - Integration",
            "Comitato consultivo Prevenzione della povertà - Istruzione - Integrazione",
        ),
        kind=BodyKind.advisory_board,
        mandates=[Mandate.advises],
        subjects=[
            texts("Projekt Armutsprävention", "Poverty prevention", "Prevenzione della povertà"),
            texts(
                "Thüringer Initiative für Lokales Integrationsmanagement für Geflüchtete (ThILIK)",
                "Thuringian Initiative for Local Integration Management for Refugees (ThILIK)",
                "Iniziativa della Turingia per l'integrazione locale dei rifugiati (ThILIK)",
            ),
            texts("Bundesprogramm Bildung integriert", "Federal programme Bildung integriert"),
        ],
        tasks=[
            texts("Begleitet die Projekte inhaltlich", "Supports the content of the projects"),
            texts(
                "Wirkt an den fachlichen Schwerpunkten mit",
                "Takes part in setting the expert focus",
            ),
        ],
    ),
    NewBody(
        key="projektbeirat-biwaq",
        name=texts(
            "Projektbeirat Bildung, Wirtschaft, Arbeit im Quartier (BIWAQ)",
            "Project Advisory Board Education, Business, Work in the Neighbourhood (BIWAQ)",
            "Comitato consultivo Istruzione, impresa, lavoro nel quartiere (BIWAQ)",
        ),
        kind=BodyKind.advisory_board,
        mandates=[Mandate.advises],
        subjects=[texts("Projekt BIWAQ", "The BIWAQ project", "Il progetto BIWAQ")],
        tasks=[
            texts("Begleitet die Angebote inhaltlich", "Supports the content of what is offered"),
            texts("Fördert die Vernetzung", "Promotes networking", "Promuove la rete"),
            texts(
                "Wertet mit dem Projektteam aus, was von den Zielen erreicht ist",
                "Reflects with the project team on what has been achieved",
            ),
            texts(
                "Unterstützt die beiden Arbeitsläden in Lobeda und Winzerla",
                "Supports the two job stores in Lobeda and Winzerla",
                "Sostiene i due job shop di Lobeda e Winzerla",
            ),
        ],
        hosted_by=DEPARTMENT,
        coordinated_by=DEPARTMENT,
    ),
    NewBody(
        key="planungsbeirat-lsz",
        name=texts(
            "Planungsbeirat Landesprogramm Solidarisches Zusammenleben der Generationen (LSZ)",
            "Planning Advisory Board Solidarity between the Generations (LSZ)",
            "Comitato consultivo Solidarietà tra le generazioni (LSZ)",
        ),
        kind=BodyKind.advisory_board,
        mandates=[Mandate.advises],
        subjects=[
            texts(
                "Projekte, Maßnahmen, Einrichtungen und Dienste des Landesprogramms",
                "Projects, measures, facilities and services of the state programme",
                "Progetti, misure, strutture e servizi del programma statale",
            )
        ],
        tasks=[texts("Berät als Fachgremium", "Advises as an expert body", "Organo di esperti")],
        topics=_OF_FAMILIES,
        hosted_by=DEPARTMENT,
        description=texts(
            "Über die Umsetzung entscheidet der Sozialausschuss des Stadtrates.",
            "The Social Committee of the City Council decides on what is carried out.",
        ),
    ),
    NewBody(
        key="lenkungsgruppe-armutspraevention",
        name=texts("Lenkungsgruppe Armutsprävention", "Steering group poverty prevention"),
        kind=BodyKind.steering_group,
        mandates=[Mandate.steers],
        subjects=[texts("Projekt Armutsprävention", "The poverty prevention project")],
        tasks=[
            texts(
                "Richtet Pilotprojekte und Themen fachlich aus",
                "Gives pilot projects and topics their direction",
            ),
            texts(
                "Legt die Indikatoren des Armutsberichtes fest",
                "Sets the indicators of the poverty report",
            ),
            texts(
                "Bewertet den Fortschritt und richtet Themen neu aus",
                "Evaluates progress and realigns topics",
            ),
            texts(
                "Legt Handlungsempfehlungen und Maßnahmen aus dem Armutsbericht fest",
                "Sets recommendations and measures derived from the poverty report",
            ),
            texts(
                "Stimmt die Schwerpunkte der Armutspräventionsstrategie ab",
                "Agrees on the focus of the poverty prevention strategy",
            ),
        ],
        description=texts("Weitere Mitglieder sind möglich.", "There may be further members."),
    ),
    NewBody(
        key="team-integrierte-sozialplanung",
        name=texts("Team Integrierte Sozialplanung", "Integrated Social Planning team"),
        kind=BodyKind.team,
        mandates=[Mandate.advises],
        subjects=[
            texts(
                "Integrierte Handlungskonzepte zu den Themen des Dezernats",
                "Integrated action plans on the topics of the department",
            ),
            texts(
                "Planungen anderer Bereiche der Stadt", "Contributions to the plans of other areas"
            ),
        ],
        tasks=[
            texts(
                "Bereitet Entscheidungen der Dezernatsleitung, der Fachdienste und der Gremien vor",
                "Prepares decisions of the head of department, the services and the bodies",
            ),
            texts("Stellt Sozialstrukturdaten dar", "Presents social structure data"),
            texts(
                "Untersucht die soziale Infrastruktur kleinräumig",
                "Analyses the social infrastructure on a small scale",
            ),
            texts("Beschreibt Lebenslagen", "Describes life situations"),
        ],
        hosted_by=DEPARTMENT,
        coordinated_by="integrierte-sozialplanung",
    ),
    NewBody(
        key="beirat-menschen-mit-behinderungen",
        name=texts(
            "Beirat für Menschen mit Behinderungen", "Advisory Council for People with Disabilities"
        ),
        kind=BodyKind.advisory_board,
        mandates=[Mandate.advises],
        subjects=[
            texts(
                "Lebensbedingungen von Menschen mit Behinderungen",
                "Living conditions of people with disabilities",
            )
        ],
    ),
]
