-- What is of no grant is not stored.
DELETE FROM arriving_booking WHERE "grant" IS NULL
