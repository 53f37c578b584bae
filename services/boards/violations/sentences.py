"""The sentences that say what is wrong: German and English, for one and for several."""

from collections.abc import Mapping

from services.contracts.boards.violations import ViolationCode as Code

SENTENCES: Mapping[Code, Mapping[str, tuple[str, ...]]] = {
    Code.vacant: {
        "sent": (
            "{organisation} hat für {seat} niemanden benannt.",
            "{organisation} has named nobody for {seat}.",
        ),
        "office": ("Der Sitz {seat} ist unbesetzt.", "The seat {seat} is vacant."),
        "part": ("Niemand vertritt {seat}.", "Nobody represents {seat}."),
        "more": (
            "Auf {seat} fehlt ein Mitglied.",
            "{seat} lacks a member.",
            "Auf {seat} fehlen {n} Mitglieder.",
            "{seat} lacks {n} members.",
        ),
    },
    Code.overfilled: {
        "": (
            "Auf {place} sitzt ein Mitglied zu viel.",
            "There is one member too many on {place}.",
            "Auf {place} sitzen {n} Mitglieder zu viel.",
            "There are {n} members too many on {place}.",
        )
    },
    Code.carried_over: {
        "": (
            "Die Amtszeit auf {place} endete am {last}; das Amt läuft weiter, bis jemand folgt.",
            "The term on {place} ended on {last}; its holder stays until somebody follows.",
            "Auf {place} sind {n} Amtszeiten abgelaufen, die erste am {last}; die Ämter laufen "
            "weiter, bis jemand folgt.",
            "{n} terms on {place} are over, the first since {last}; their holders stay until "
            "somebody follows.",
        )
    },
    Code.lapsed: {
        "": (
            "Die Amtszeit auf {place} endete am {last}, und niemand ist nachgefolgt.",
            "The term on {place} ended on {last}, and nobody has followed.",
            "Auf {place} sind {n} Amtszeiten abgelaufen, die erste am {last}, und niemand ist "
            "nachgefolgt.",
            "{n} terms on {place} are over, the first since {last}, and nobody has followed.",
        ),
        "further": (
            "Die Amtszeit eines Mitglieds ohne Sitz endete am {last}.",
            "The term of a member without a seat ended on {last}.",
            "Die Amtszeiten von {n} Mitgliedern ohne Sitz sind abgelaufen, die erste am {last}.",
            "The terms of {n} members without a seat are over, the first since {last}.",
        ),
    },
    Code.sender_ended: {
        "": (
            "{organisation} besteht seit dem {day} nicht mehr und hat keinen Platz auf {seat}.",
            "{organisation} has not existed since {day} and has no place on {seat}.",
        ),
        "other": (
            "{organisation} besteht seit dem {day} nicht mehr; wer für {seat} benennt, ist neu zu "
            "bestimmen.",
            "{organisation} has not existed since {day}; somebody else must name for {seat}.",
        ),
    },
    Code.wrong_sender: {
        "": (
            "Auf {seat} sitzt, wen {organisation} entsandt hat; der Sitz ist für andere.",
            "{seat} is held for {organisation}; the seat is for others.",
        ),
        "nobody": (
            "Auf {seat} sitzt jemand, ohne entsandt zu sein.",
            "Somebody holds {seat} without having been sent.",
        ),
    },
    Code.no_vote: {
        "": (
            "Auf {seat} ist ein Mitglied stimmberechtigt, obwohl der Sitz nur berät.",
            "A member on {seat} votes although the seat only advises.",
            "Auf {seat} sind {n} Mitglieder stimmberechtigt, obwohl der Sitz nur berät.",
            "{n} members on {seat} vote although the seat only advises.",
        )
    },
    Code.seat_ended: {
        "": (
            "Den Sitz {seat} gibt es seit dem {day} nicht mehr; er ist noch vergeben.",
            "The seat {seat} has not existed since {day}; it is still held.",
        ),
        "early": (
            "Den Sitz {seat} gibt es noch nicht; er ist schon vergeben.",
            "The seat {seat} does not exist yet; it is held already.",
        ),
    },
    Code.term_too_long: {
        "": (
            "Eine Amtszeit auf {seat} ist länger als {months} Monate.",
            "A term on {seat} is longer than {months} months.",
            "{n} Amtszeiten auf {seat} sind länger als {months} Monate.",
            "{n} terms on {seat} are longer than {months} months.",
        )
    },
    Code.two_seats: {
        "": (
            "Wer auf {seat} sitzt, hat noch einen anderen Sitz.",
            "Whoever holds {seat} has another seat as well.",
        )
    },
    Code.chair_missing: {
        "": (
            "Niemand hat den Vorsitz; er steht zu: {seats}.",
            "Nobody chairs; the chair belongs to {seats}.",
        )
    },
    Code.wrong_chair: {
        "": (
            "Den Vorsitz hat, wem er nicht zusteht; er steht zu: {seats}.",
            "Somebody chairs who may not; the chair belongs to {seats}.",
        )
    },
    Code.several_chairs: {
        "": ("Den Vorsitz haben mehrere zugleich.", "Several people chair at the same time.")
    },
    Code.not_covered: {
        "": (
            "Der Bereich {kind} ist nicht vertreten.",
            "Nobody represents {kind}.",
        ),
        "some": (
            "Dem Bereich {kind} fehlt ein Mitglied.",
            "One more member must represent {kind}.",
            "Dem Bereich {kind} fehlen {n} Mitglieder.",
            "{n} more members must represent {kind}.",
        ),
    },
    Code.share_too_high: {
        "": (
            "Von {of} {to_members} hat {organisation} {n} entsandt; erlaubt ist höchstens {share}.",
            "{organisation} has sent {n} of {of} {members}; at most {share} is allowed.",
        ),
        "kind": (
            "Von {of} {to_members} sind {n} aus dem Bereich {kind}; erlaubt ist höchstens {share}.",
            "{n} of {of} {members} represent {kind}; at most {share} is allowed.",
        ),
    },
    Code.share_too_low: {
        "": (
            "Von {of} {to_members} hat {organisation} {n} entsandt; mindestens {share} muss es "
            "sein.",
            "{organisation} has sent {n} of {of} {members}; it must be at least {share}.",
        ),
        "kind": (
            "Von {of} {to_members} sind {n} aus dem Bereich {kind}; mindestens {share} muss es "
            "sein.",
            "{n} of {of} {members} represent {kind}; it must be at least {share}.",
        ),
    },
    Code.too_small: {
        "": (
            "Auch mit allen Sitzen wären es nur {there} {members}; mindestens {limit} müssen es "
            "sein.",
            "Even with every seat there would be only {there} {members}; there must be at least "
            "{limit}.",
        )
    },
    Code.too_large: {
        "": (
            "Es sind {there} {members}; höchstens {limit} dürfen es sein.",
            "There are {there} {members}; there may be at most {limit}.",
        )
    },
    Code.not_staggered: {
        "": (
            "Von {of} Amtszeiten enden {n} zwischen dem {day} und dem {until}; erlaubt ist "
            "höchstens {share}.",
            "{n} of {of} terms end between {day} and {until}; at most {share} is allowed.",
        )
    },
    Code.substitute_missing: {
        "": (
            "Auf {place} fehlt einem Mitglied die Stellvertretung.",
            "A member on {place} has no substitute.",
            "Auf {place} fehlt {n} Mitgliedern die Stellvertretung.",
            "{n} members on {place} have no substitute.",
        ),
        "further": (
            "Einem Mitglied ohne Sitz fehlt die Stellvertretung.",
            "A member without a seat has no substitute.",
            "{n} Mitgliedern ohne Sitz fehlt die Stellvertretung.",
            "{n} members without a seat have no substitute.",
        ),
    },
}
"""Code and variant -> German and English for one, and for several where that reads otherwise."""
