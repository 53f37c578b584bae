-- Changed bookings, also those that come back: $1 municipality, $2 mapping.
UPDATE booking AS b
SET product = a.product, cost_object = a.cost_object, booked_on = a.booked_on,
    invoice_date = a.invoice_date, paid_on = a.paid_on, amount = a.amount,
    supplier_name = a.supplier_name, purpose = a.purpose, "grant" = a."grant",
    category = a.category, gone = NULL, mapping = $2, digest = a.digest,
    version = b.version + 1, imported_at = now()
FROM arriving_booking AS a
WHERE b.municipality_id = $1 AND b.id = a.id AND b.digest <> a.digest
