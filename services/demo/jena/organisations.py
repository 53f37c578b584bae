"""Who plans, advises, carries out and pays in Jena (Organisationen)."""

from services.contracts.boards.organisations import NewOrganisation
from services.contracts.boards.organisations import OrganisationKind as Kind
from services.demo.texts import texts

CITY = [
    NewOrganisation(
        key="stadt-jena",
        name=texts("Stadt Jena", "City of Jena", "Comune di Jena"),
        kind=Kind.administration,
        website="https://www.jena.de",
    ),
    NewOrganisation(
        key="dezernat-familie-bildung-soziales",
        name=texts(
            "Dezernat für Familie, Bildung und Soziales",
            "Department for Family, Education and Social Affairs",
            "Dipartimento per la famiglia, l'istruzione e gli affari sociali",
        ),
        kind=Kind.administration,
        parent="stadt-jena",
    ),
    NewOrganisation(
        key="buero-buergermeister",
        name=texts("Büro des Bürgermeisters und Dezernenten", "Office of the Mayor"),
        kind=Kind.administration,
        parent="dezernat-familie-bildung-soziales",
    ),
    NewOrganisation(
        key="integrierte-sozialplanung",
        name=texts(
            "Team Integrierte Sozialplanung",
            "Integrated Social Planning team",
            "Gruppo di pianificazione sociale integrata",
        ),
        kind=Kind.administration,
        parent="dezernat-familie-bildung-soziales",
        description=texts(
            "Berät fachlich und politisch und führt das Planungswissen der Fachgebiete zusammen.",
            "Gives expert and policy advice and joins the planning skills of the fields.",
        ),
    ),
    NewOrganisation(
        key="planungskoordination-armutspraevention",
        name=texts(
            "Planungskoordination Armutsprävention", "Planning coordination for poverty prevention"
        ),
        kind=Kind.administration,
        parent="integrierte-sozialplanung",
    ),
    NewOrganisation(
        key="buero-menschen-mit-behinderungen",
        name=texts(
            "Büro des Beauftragten für Menschen mit Behinderungen",
            "Office of the Commissioner for People with Disabilities",
            "Ufficio del commissario per le persone con disabilità",
        ),
        kind=Kind.administration,
        parent="integrierte-sozialplanung",
    ),
    NewOrganisation(
        key="gebietskoordination-biwaq",
        name=texts("Gebietskoordination BIWAQ", "Area coordination BIWAQ"),
        kind=Kind.administration,
        parent="integrierte-sozialplanung",
        description=texts(
            "Koordiniert das Projektteam und die Schnittstellen zu den Projektpartnern.",
            "Coordinates the project team and the interfaces to its partners.",
        ),
    ),
    NewOrganisation(
        key="controlling-dezernat",
        name=texts("Dezentrales Controlling im Dezernat", "Decentralised controlling"),
        kind=Kind.administration,
        parent="integrierte-sozialplanung",
    ),
    NewOrganisation(
        key="zentrales-controlling",
        name=texts("Zentrales Controlling", "Central controlling"),
        kind=Kind.administration,
        parent="stadt-jena",
    ),
    *(
        NewOrganisation(
            key=key,
            name=texts(f"Fachdienst {de}", f"Specialist service {en}", f"Servizio {it}"),
            kind=Kind.administration,
            parent="dezernat-familie-bildung-soziales",
        )
        for key, de, en, it in (
            ("fachdienst-soziales", "Soziales", "for Social Affairs", "affari sociali"),
            (
                "fachdienst-jugend-und-bildung",
                "Jugend und Bildung",
                "for Youth and Education",
                "giovani e istruzione",
            ),
            ("fachdienst-gesundheit", "Gesundheit", "for Health", "salute"),
            ("fachdienst-jugendhilfe", "Jugendhilfe", "for Youth Welfare", "assistenza ai giovani"),
        )
    ),
    NewOrganisation(
        key="gleichstellungsbeauftragte",
        name=texts(
            "Gleichstellungsbeauftragte",
            "Equal Opportunities Officer",
            "Responsabile per le pari opportunità",
        ),
        kind=Kind.administration,
        parent="stadt-jena",
    ),
    NewOrganisation(
        key="buero-migration-integration",
        name=texts(
            "Büro für Migration und Integration",
            "Office for Migration and Integration",
            "Ufficio per la migrazione e l'integrazione",
        ),
        kind=Kind.administration,
        parent="stadt-jena",
    ),
    NewOrganisation(
        key="stadtentwicklung",
        name=texts("Stadtentwicklung und Stadtplanung", "Urban development and planning"),
        kind=Kind.administration,
        parent="stadt-jena",
    ),
    NewOrganisation(
        key="team-stadtumbau",
        name=texts(
            "Team Stadtumbau", "Urban Redevelopment Team", "Gruppo per la riqualificazione urbana"
        ),
        kind=Kind.administration,
        parent="stadtentwicklung",
    ),
    NewOrganisation(
        key="eigenbetriebe",
        name=texts("Städtische Eigenbetriebe", "Enterprises of the city"),
        kind=Kind.municipal_enterprise,
        parent="stadt-jena",
    ),
    NewOrganisation(
        key="jenarbeit",
        name=texts(
            "jenarbeit - Jobcenter der Stadt Jena",
            "jenarbeit - job centre of the city of Jena",
            "jenarbeit - centro per l'impiego della città di Jena",
        ),
        kind=Kind.jobcentre,
    ),
    NewOrganisation(
        key="jenawirtschaft",
        name=texts(
            "JenaWirtschaft - Wirtschaftsförderung", "JenaWirtschaft - business development"
        ),
        kind=Kind.business,
    ),
]

PARTNERS = [
    NewOrganisation(key=key, name=name, kind=kind, parent=parent)
    for key, name, kind, parent in (
        (
            "awo-mitte-west-thueringen",
            texts(
                "AWO Regionalverband Mitte-West-Thüringen",
                "AWO regional association Central-West Thuringia",
                "AWO associazione regionale della Turingia centro-occidentale",
            ),
            Kind.welfare_association,
            None,
        ),
        (
            "paritaetischer",
            texts("Paritätischer Wohlfahrtsverband"),
            Kind.welfare_association,
            None,
        ),
        (
            "buendnis-fuer-familie",
            texts("Jenaer Bündnis für Familie", "Jena Alliance for the Family"),
            Kind.network,
            None,
        ),
        (
            "agentur-fuer-arbeit",
            texts("Agentur für Arbeit", "Employment agency", "Agenzia per il lavoro"),
            Kind.employment_agency,
            None,
        ),
        (
            "universitaet-jena",
            texts("Friedrich-Schiller-Universität Jena", "Friedrich Schiller University Jena"),
            Kind.science,
            None,
        ),
        (
            "institut-fuer-soziologie",
            texts("Institut für Soziologie", "Institute of Sociology"),
            Kind.science,
            "universitaet-jena",
        ),
        (
            "ernst-abbe-hochschule",
            texts("Ernst-Abbe-Hochschule Jena", "Ernst Abbe University of Applied Sciences Jena"),
            Kind.science,
            None,
        ),
        (
            "fachbereich-sozialwesen",
            texts("Fachbereich Sozialwesen", "Department of Social Work"),
            Kind.science,
            "ernst-abbe-hochschule",
        ),
        (
            "deutscher-verein",
            texts("Deutscher Verein für öffentliche und private Fürsorge e. V."),
            Kind.association,
            None,
        ),
    )
]
