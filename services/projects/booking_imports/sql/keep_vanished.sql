-- What vanished stays until somebody wants it to leave.
DELETE FROM leaving_booking WHERE finding = 'vanished'
