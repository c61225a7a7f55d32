"""The ground every slice stands on: tenancy, codes, events, doors, signed links, paging, spreadsheets, the UI kit.

No tables and no knowledge of mentoring: what is here would serve any other multi-tenant product as well.
"""
