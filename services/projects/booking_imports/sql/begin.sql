CREATE TEMP TABLE arriving_booking (
    line integer NOT NULL,
    id uuid NOT NULL,
    fiscal_year integer NOT NULL,
    account text NOT NULL,
    number text,
    position text,
    product text,
    cost_object text,
    booked_on date NOT NULL,
    invoice_date date,
    paid_on date,
    amount numeric(14, 2) NOT NULL,
    supplier_name text,
    purpose text,
    "grant" text,
    category text,
    digest uuid NOT NULL
) ON COMMIT DROP;
CREATE TEMP TABLE leaving_booking (
    id uuid NOT NULL,
    line integer,
    finding text NOT NULL,
    digest uuid NOT NULL
) ON COMMIT DROP
