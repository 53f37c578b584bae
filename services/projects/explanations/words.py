"""What each figure means, for whoever reads it without the law beside them."""

from services.contracts.projects.figures import Figure
from services.contracts.shared.base import LongTexts


def text_of(figure: Figure) -> LongTexts:
    """The meaning of a figure in German and English; there is none without."""
    return TEXTS[figure.key]


def _both(de: str, en: str) -> LongTexts:
    return {"de": de, "en": en}


TEXTS: dict[str, LongTexts] = {
    "share": _both(
        "Anteil einer Quelle an den zuwendungsfähigen Ausgaben. Er darf den Höchstfördersatz des "
        "Programms nicht überschreiten; gerundet wird höchstens auf den nächsten Cent. Kennt das "
        "Programm keinen, ist er nicht zu bewerten; für eigene Mittel gibt es keinen.",
        "Share of a source in the eligible cost. It must not exceed the highest rate of the "
        "programme; it may be rounded up to the next cent at most. Where the programme knows none, "
        "it cannot be judged; there is none for own money.",
    ),
    "cofinancing": _both(
        "Was neben der Zuwendung aufzubringen ist, in Prozent der Zuwendung, verglichen mit dem, "
        "was der Finanzierungsplan dafür vorsieht.",
        "What must be added to the grant, in per cent of it, against what the financing plan says.",
    ),
    "minimum_amount": _both(
        "Die Zuwendung oder die zuwendungsfähigen Ausgaben, verglichen mit der Bagatellgrenze des "
        "Programms.",
        "The grant or the eligible cost, against the least that the programme is there for.",
    ),
    "maximum_amount": _both(
        "Die Zuwendung, verglichen mit dem Höchstbetrag des Programms.",
        "The grant, against the most that the programme pays.",
    ),
    "own_share": _both(
        "Anteil der eigenen Mittel an den zuwendungsfähigen Ausgaben, verglichen mit dem "
        "Mindesteigenanteil des Programms.",
        "Share of own money in the eligible cost, against the least that the programme demands.",
    ),
    "financing": _both(
        "Die Finanzierungsart, verglichen mit der des Programms. Eine andere ist zu prüfen, denn "
        "der Bescheid kann sie bestimmen.",
        "The kind of financing, against that of the programme. Another is for review, since the "
        "notice may say so.",
    ),
    "onward_amount": _both(
        "Beschlossener oder beantragter Betrag einer Weiterleitung, verglichen mit dem "
        "Höchstbetrag der örtlichen Regeln.",
        "What is passed on or applied for, against the most that local rules allow.",
    ),
    "onward_share": _both(
        "Anteil der Weiterleitung an den Ausgaben des Letztempfängers, verglichen mit dem "
        "Höchstsatz der örtlichen Regeln.",
        "Share of what is passed on in the cost of the recipient, against the highest rate of "
        "local rules.",
    ),
    "onward_own_share": _both(
        "Was der Letztempfänger selbst aufbringt, in Prozent seiner Ausgaben, verglichen mit dem "
        "Mindesteigenanteil der örtlichen Regeln.",
        "What the recipient adds itself, in per cent of its cost, against the least that local "
        "rules demand.",
    ),
    "onward_application": _both(
        "Letzter Tag, an dem die Weiterleitung nach den örtlichen Regeln zu beantragen war.",
        "Last day on which local rules let the money be applied for.",
    ),
    "applicants": _both(
        "Wer nach den Regeln des Programms einen Antrag stellen kann. Zu prüfen, bis ein Bescheid "
        "da ist.",
        "Who may apply by the rules of the programme. For review until there is a notice.",
    ),
    "precondition": _both(
        "Was nach den Regeln des Programms gegeben sein muss. Zu prüfen, bis ein Bescheid da ist.",
        "What has to be there by the rules of the programme. For review until there is a notice.",
    ),
    "decided_by": _both(
        "Wer nach den Regeln des Programms vor Ort beschließt. Zu prüfen, bis ein Bescheid da ist.",
        "Who decides in the place by the rules of the programme. For review until there is a "
        "notice.",
    ),
    "eligible_categories": _both(
        "Ausgabenarten, die nach Richtlinie oder Bescheid zuwendungsfähig sind. Ausgaben einer "
        "anderen Art sind es nicht; ein Ansatz dafür ist zu prüfen.",
        "Categories of cost that guideline or notice name as eligible. What is spent on another "
        "is not; a line of the plan for it is for review.",
    ),
    "ineligible_cost": _both(
        "Was innerhalb einer Ausgabenart nicht zuwendungsfähig ist. Zu prüfen, sobald Ausgaben "
        "dieser Art da sind: Ob es darin steckt, sagt nur der Beleg.",
        "What is not eligible within a category. For review as soon as there is cost of it: only "
        "the receipt says whether it is in there.",
    ),
    "uncovered": _both(
        "Was die Quellen von den Gesamtausgaben offen lassen. Der Finanzierungsplan ist erst auf "
        "den Cent genau ausgeglichen.",
        "What the sources leave open of the total cost. The financing plan balances only to the "
        "cent.",
    ),
    "leverage": _both(
        "Wie viele Euro Dritter auf einen eigenen Euro kommen.",
        "How many euros of others come with each euro of one's own.",
    ),
    "simplified_required": _both(
        "Bei kleinen Vorhaben mit Geld der Union sind Pauschalen vorgeschrieben.",
        "Small operations with money of the Union must use simplified cost options.",
    ),
    "eligible_cost": _both(
        "Anerkannte Ausgaben, Pauschalen, Einheitskosten und Pauschalbeträge bis zum Stichtag. Was "
        "noch nicht geprüft ist, zählt vorläufig mit; zu prüfen, solange darunter etwas eine "
        "Bedingung der Zuwendungsfähigkeit verletzt.",
        "Accepted cost, flat rates, unit costs and lump sums up to the day. What is not yet "
        "checked counts for now; for review while something of it breaks a condition.",
    ),
    "ineligible_expenditures": _both(
        "Ausgaben, die eine Bedingung der Zuwendungsfähigkeit verletzen: Zeitraum, Zahlung, "
        "Ausgabenart, Beleg, Doppelförderung, Beginn vor der Bewilligung. Sie sind zu prüfen.",
        "Expenditures that break a condition of eligibility: period, payment, category, voucher, "
        "double funding, begun before approval. They are for review.",
    ),
    "eligible_amount": _both(
        "Was von einer Ausgabe zählt, die eine Bedingung der Zuwendungsfähigkeit verletzt, mit "
        "jeder Bedingung und ihrer Fundstelle.",
        "What counts of an expenditure that breaks a condition of eligibility, with each condition "
        "and its clause.",
    ),
    "flat_rate": _both(
        "Pauschalsatz, den der Bescheid festsetzt, verglichen mit dem Höchstsatz, den die Regeln "
        "des Programms dafür kennen. Ohne Höchstsatz ist nicht bekannt, ob er zulässig ist.",
        "Flat rate that the notice grants, against the most that the rules of the programme allow "
        "for its kind. Without a limit it is not known whether it is lawful.",
    ),
    "flat_cost": _both(
        "Pauschale, die der Bescheid statt tatsächlicher Ausgaben gewährt, nach den Ausgaben, auf "
        "denen sie beruht.",
        "Flat amount that the notice grants in place of real cost, by the cost that it rests on.",
    ),
    "covered_by_flat_rate": _both(
        "Tatsächliche Ausgaben, die eine Pauschale schon abdeckt. Sie zählen nicht.",
        "Real cost that a flat rate covers already. It does not count.",
    ),
    "without_receipt": _both(
        "Buchungen des Finanzwesens, aus denen noch keine Ausgabe mit Beleg gemacht wurde. Sie "
        "zählen als ausgegeben, können aber weder abgerufen noch nachgewiesen werden.",
        "Bookings of the finance system of which no expenditure with a receipt was made. They "
        "count as spent, but can be neither claimed nor proven.",
    ),
    "payable": _both(
        "Was nach der Finanzierungsart bis jetzt gezahlt werden darf: Bei Anteilfinanzierung "
        "mindern geringere Ausgaben und neue Einnahmen die Zuwendung im Verhältnis.",
        "What may be paid by now by the kind of financing: with a share, lower cost and new income "
        "reduce the grant in proportion.",
    ),
    "line_deviation": _both(
        "Um wie viel ein Ansatz über- oder unterschritten ist. Ein Ansatz darf um den zulässigen "
        "Satz überschritten werden, wenn an anderer Stelle gespart wird.",
        "By how much a line of the plan is exceeded or not used. It may be exceeded by the "
        "allowed rate when others save as much.",
    ),
    "overrun_covered": _both(
        "Einsparungen abzüglich Überschreitungen aller Ansätze; unter null ist der Plan "
        "insgesamt überschritten.",
        "Savings less overruns of all lines; below zero the plan as a whole is exceeded.",
    ),
    "fte": _both(
        "Die höchste Summe der Vollzeitäquivalente an einem Tag, verglichen mit der Höchstzahl der "
        "Stellen an jedem Tag; was gegen eine zusätzliche Höchstzahl zählt, für sich.",
        "The highest sum of full-time equivalents on a day, against the cap of each day; what "
        "counts against an extra cap, apart.",
    ),
    "grade": _both(
        "Die Entgeltgruppe der Stelle im Rahmen des Programms (Besserstellungsverbot).",
        "The grade of the position within that of the programme (no better pay than the state's).",
    ),
    "vacancy": _both(
        "Monate von Vollzeitäquivalenten, die bewilligt und bis zum Stichtag nicht besetzt waren.",
        "Months of full-time equivalents that were granted and not filled by the day.",
    ),
    "unspent_by_vacancy": _both(
        "Was unbesetzte Monate von der Zuwendung übrig lassen: ihr Anteil an den anerkannten "
        "Kosten eines vollen Monats.",
        "What vacant months leave of the grant: its share of the recognised cost of a full-time "
        "month.",
    ),
    "eligible_pay": _both(
        "Zuwendungsfähiges Entgelt der besetzten Stellen bis zum Stichtag: das gezahlte, höchstens "
        "das der Gruppe und Stufe.",
        "Eligible pay of filled positions by the day: what is paid, at most that of the grade and "
        "step.",
    ),
    "social_security": _both(
        "Pauschale für Sozialversicherung: zusatzversorgungspflichtiges Entgelt mal Satz jedes "
        "Tages.",
        "Lump for social security: pension-liable pay by the rate of each day.",
    ),
    "hours_cost": _both(
        "Personalausgaben nach geleisteten Stunden bis zum Stichtag: Jahresausgaben durch 1.720 "
        "Stunden, bei Teilzeit anteilig, mal Stunden, höchstens die eines Jahres.",
        "Staff cost by hours worked by the day: annual cost by 1,720 hours, pro rata for part "
        "time, times hours, at most those of a year.",
    ),
    "staff_cost": _both(
        "Was Personal bis zum Stichtag kosten darf. Wurde mehr abgerechnet, ist es zu prüfen.",
        "What staff may cost by the day. For review when more was charged.",
    ),
    "income": _both(
        "Was neben der Zuwendung eingegangen ist. Drittmittel und Erlöse über den Plan hinaus "
        "mindern sie.",
        "What came in beside the grant. Third-party money and revenue beyond the plan reduce it.",
    ),
    "achievement": _both(
        "Was vom Weg vom Ausgangswert zum Zielwert erreicht ist, in der gewollten Richtung; es "
        "kann mehr als alles sein und auch weniger als nichts.",
        "What is reached of the way from baseline to target, in the direction that is wanted; it "
        "can be more than all and less than nothing.",
    ),
    "unit_cost": _both(
        "Was eine Leistung bis zum Stichtag im Durchschnitt gekostet hat, wenn alle Ausgaben auf "
        "sie entfallen.",
        "What one output has cost on average by the day, if all cost is for it.",
    ),
    "cost_per_participant": _both(
        "Was eine teilnehmende Person bis zum Stichtag im Durchschnitt gekostet hat, nach den "
        "zuletzt veröffentlichten, geschützten Teilnehmendenzahlen. Ist eine davon geschützt oder "
        "zahlen mehrere Zuwendungen für dieselbe Zeit, ist es nicht bekannt.",
        "What somebody who takes part has cost on average by the day, by the protected counts that "
        "were published last. Not known where one of them is hidden or several grants pay for the "
        "same time.",
    ),
    "remaining": _both(
        "Was von der Zuwendung noch nicht ausgezahlt ist.", "What of the grant is not paid out yet."
    ),
    "repayment": _both(
        "Was an die Förderstelle zurückzuzahlen ist: was sie zurückfordert, und was über die "
        "Zuwendung hinaus ausgezahlt ist, weil ein Bescheid sie widerrufen oder gekürzt hat, auch "
        "wenn sie es noch nicht zurückgefordert hat.",
        "What has to go back to the funder: what it demands, and what was paid beyond the grant "
        "because a notice revoked or reduced it, also when it has not demanded that yet.",
    ),
    "repayment_interest": _both(
        "Zinsen auf das, was über die Zuwendung hinaus ausgezahlt ist, von dem Tag an, an dem der "
        "Bescheid wirksam wird, bis es zurückgezahlt ist.",
        "Interest on what was paid beyond the grant, from the day on which the notice takes effect "
        "until it went back.",
    ),
    "unspent_cash": _both(
        "Ausgezahltes Geld, das weder verwendet noch zurückgezahlt ist.",
        "Money that came and was neither used nor paid back yet.",
    ),
    "unspent_after_deadline": _both(
        "Geld, das nach Ablauf der Verwendungsfrist noch nicht verwendet ist. Auszahlungen werden "
        "in ihrer Reihenfolge verbraucht.",
        "Money that was not used within the time to use it. Payouts are used in their order.",
    ),
    "interest": _both(
        "Zinsen auf zu spät verwendetes Geld: Betrag mal Tage durch 365 mal Basiszinssatz jedes "
        "Tages und Aufschlag.",
        "Interest on money used late: amount times days by 365 times the base rate of each day "
        "and the margin.",
    ),
    "next_claim": _both(
        "Was als Nächstes abgerufen werden kann: der Anteil an allem, was innerhalb der Frist zu "
        "zahlen ist (offene Rechnungen, fällige Aufträge, laufende Stellen, Pauschalen darauf), "
        "und an Vorleistungen, abzüglich des Bestands, höchstens der Rest.",
        "What can be claimed next: the share of what must be paid within the time (open invoices, "
        "orders that are due, positions that go on, flat amounts on them), and of what was paid in "
        "advance, less the cash at hand, at most what remains.",
    ),
    "proof_due": _both(
        "Bis wann der Verwendungsnachweis vorzulegen ist: nach dem Ende des Zeitraums oder der "
        "Erfüllung des Zwecks, je nachdem, was früher ist.",
        "By when the proof of use is due: after the end of the period or the fulfilment of the "
        "purpose, whichever is earlier.",
    ),
    "interim_proof_due": _both(
        "Bis wann der Zwischennachweis eines Haushaltsjahres vorzulegen ist.",
        "By when the interim proof of a fiscal year is due.",
    ),
    "final_instalment": _both(
        "Bis wann die letzte Rate nach Vorlage des vollständigen Verwendungsnachweises zu zahlen "
        "ist.",
        "By when the last instalment is paid after the complete proof of use was handed in.",
    ),
    "keep_until": _both(
        "Bis wann Belege aufzubewahren sind: das späteste Ende aller Fristen. Bekannt, wenn der "
        "Verwendungsnachweis vorliegt.",
        "Until when receipts are kept: the latest end of all periods. Known once the proof of use "
        "is handed in.",
    ),
    "reporting_due": _both(
        "Berichtstermin der Behörden gegenüber der Union; Zuarbeit ist vorher nötig.",
        "Day on which authorities report to the Union; they need what they report before it.",
    ),
    "payment_by_authority": _both(
        "Bis wann die Behörde einen eingereichten Mittelabruf zahlen soll.",
        "By when the authority should pay a claim that was handed in.",
    ),
    "elapsed": _both("Anteil des Zeitraums, der vorbei ist.", "Share of the period that is over."),
    "absorption": _both(
        "Anteil der Zuwendung, der durch anerkannte Ausgaben belegt ist (Mittelabfluss).",
        "Share of the grant that is backed by accepted cost.",
    ),
    "commitment": _both(
        "Anteil des Budgets, der gezahlt oder durch Aufträge gebunden ist.",
        "Share of the budget that is paid or ordered.",
    ),
    "expected": _both(
        "Ausgaben, die der Plan bis zum Stichtag vorsieht.",
        "Cost that the plan expects by the day.",
    ),
    "spent_of_plan": _both(
        "Anteil der geplanten Gesamtausgaben, der gezahlt ist.",
        "Share of the planned total cost that is paid.",
    ),
    "difference_from_plan": _both(
        "Abweichung der Ausgaben von dem, was der Plan bis zum Stichtag vorsieht. Ohne Plan ist "
        "sie unbekannt, nicht null.",
        "Difference of spending from what the plan expects by the day. Without a plan it is not "
        "known, which is not zero.",
    ),
    "schedule_variance": _both(
        "Vorsprung oder Rückstand der Ausgaben in Euro.", "Spending ahead or behind, in euros."
    ),
    "schedule_variance_months": _both(
        "Vorsprung oder Rückstand der Ausgaben in Monaten.", "Spending ahead or behind, in months."
    ),
    "pace": _both(
        "Fortschritt im Verhältnis zur verstrichenen Zeit; 1 ist im Plan.",
        "Progress by elapsed time; 1 is on time.",
    ),
    "remaining_staff": _both(
        "Was Stellen bis zu ihrem Ende noch kosten, in Geld der Zuwendung: das gezahlte Entgelt, "
        "höchstens das der Gruppe, mit der Pauschale für Sozialversicherung, auf den Tag genau. "
        "Wo niemand eingetragen hat, was besetzt ist, die Stelle wie geplant.",
        "What positions still cost until they end, in money of the grant: what is paid, at most "
        "the recognised pay of the grade, with the lump for social security, to the day. Where "
        "nobody has entered what is filled, the position as planned.",
    ),
    "remaining_material": _both(
        "Was Sachausgaben noch kosten, in Geld der Zuwendung: der Rest des Plans oder die "
        "bisherigen Monate fortgeschrieben, je nachdem, was mehr ist.",
        "What material still costs, in money of the grant: the rest of its plan or the months so "
        "far carried on, whichever is more.",
    ),
    "forecast_at_completion": _both(
        "Was am Ende ausgegeben sein wird, in Geld der Zuwendung.",
        "What will have been spent in the end, in money of the grant.",
    ),
    "expected_underspend": _both(
        "Was von der Zuwendung übrig bleiben wird; unter null reicht sie nicht.",
        "What will be left of the grant; below zero it does not suffice.",
    ),
    "lapse": _both(
        "Was von den Mitteln eines Jahres verfällt, weil weniger abgerufen wird; was bezahlt und "
        "noch nicht ausgezahlt ist, wird noch abgerufen, soweit die Mittel des Jahres reichen, "
        "sonst in den folgenden.",
        "What lapses of a year's money, because less is claimed; what is spent and not paid out "
        "yet is still to be claimed, as far as the year's money goes, else in the years after.",
    ),
}
