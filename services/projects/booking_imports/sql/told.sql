-- The first rows that are new, changed, or leave their grant: $1 municipality, $2 how many of each.
-- What leaves is looked up one by one, as in release.sql.
(
    SELECT
        a.line, 'new' AS finding, a.id, a."grant", a.amount, NULL::numeric AS before,
        ARRAY[]::text[] AS fields, NULL::text AS expenditure
    FROM arriving_booking AS a
    WHERE NOT EXISTS (SELECT FROM booking AS b WHERE b.municipality_id = $1 AND b.id = a.id)
    ORDER BY a.line LIMIT $2
)
UNION ALL
(
    SELECT
        a.line, 'changed', a.id, a."grant", a.amount, b.amount,
        array_remove(ARRAY[
            CASE WHEN a.product IS DISTINCT FROM b.product THEN 'product' END,
            CASE WHEN a.cost_object IS DISTINCT FROM b.cost_object THEN 'cost_object' END,
            CASE WHEN a.booked_on <> b.booked_on THEN 'booked_on' END,
            CASE WHEN a.invoice_date IS DISTINCT FROM b.invoice_date THEN 'invoice_date' END,
            CASE WHEN a.paid_on IS DISTINCT FROM b.paid_on THEN 'paid_on' END,
            CASE WHEN a.amount <> b.amount THEN 'amount' END,
            CASE WHEN a.supplier_name IS DISTINCT FROM b.supplier_name THEN 'supplier_name' END,
            CASE WHEN a.purpose IS DISTINCT FROM b.purpose THEN 'purpose' END,
            CASE WHEN a."grant" IS DISTINCT FROM b."grant" THEN 'grant' END,
            CASE WHEN a.category <> b.category THEN 'category' END
        ], NULL),
        b.expenditure
    FROM arriving_booking AS a
    JOIN booking AS b ON b.municipality_id = $1 AND b.id = a.id AND b.digest <> a.digest
    ORDER BY a.line LIMIT $2
)
UNION ALL
(
    SELECT
        l.line, l.finding, l.id, l."grant", NULL::numeric, l.amount, ARRAY['grant'], l.expenditure
    FROM unnest(ARRAY['released', 'vanished']) AS asked (finding)
    CROSS JOIN LATERAL (
        SELECT l.line, l.finding, l.id, b."grant", b.amount, b.expenditure
        FROM leaving_booking AS l
        CROSS JOIN LATERAL (
            SELECT b."grant", b.amount, b.booked_on, b.expenditure
            FROM booking AS b WHERE b.municipality_id = $1 AND b.id = l.id LIMIT 1
        ) AS b
        WHERE l.finding = asked.finding
        ORDER BY l.line, b.booked_on, l.id LIMIT $2
    ) AS l
)
