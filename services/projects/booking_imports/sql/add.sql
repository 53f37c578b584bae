-- New bookings: $1 municipality, $2 mapping. By id, so that the key grows from left to right.
INSERT INTO booking (
    municipality_id, id, fiscal_year, number, position, account, product, cost_object, booked_on,
    invoice_date, paid_on, amount, supplier_name, purpose, "grant", category, mapping, digest
)
SELECT
    $1, a.id, a.fiscal_year, a.number, a.position, a.account, a.product, a.cost_object,
    a.booked_on, a.invoice_date, a.paid_on, a.amount, a.supplier_name, a.purpose, a."grant",
    a.category, $2, a.digest
FROM arriving_booking AS a
WHERE NOT EXISTS (SELECT FROM booking AS b WHERE b.municipality_id = $1 AND b.id = a.id)
ORDER BY a.id
