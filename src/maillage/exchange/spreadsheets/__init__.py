"""Read the spreadsheets people really have: any workbook or CSV in, one sheet of rows out. No database here."""
