"""Reading tables that somebody sends: text or workbook, measured, limited, never trusted."""
