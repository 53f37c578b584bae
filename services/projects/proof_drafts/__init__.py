"""The proof of use of a grant as it would be on a day (Verwendungsnachweis im Entwurf)."""
