"""Google Sheets v4: spreadsheets, their values, and the requests that change them."""
