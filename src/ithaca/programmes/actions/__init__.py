"""Every write of the frame: programmes, cohorts, enrolments, wishes and roles.

A refusal is a `rules.Refused` whose message the coordinator reads. Rows that others count on (capacity, withdrawal) are
locked before they change.
"""

from ithaca.programmes.actions.cohorts import create_cohort as create_cohort
from ithaca.programmes.actions.cohorts import edit_cohort_dates as edit_cohort_dates
from ithaca.programmes.actions.cohorts import record_phases as record_phases
from ithaca.programmes.actions.enrolments import Entry as Entry
from ithaca.programmes.actions.enrolments import enrol as enrol
from ithaca.programmes.actions.enrolments import enrol_many as enrol_many
from ithaca.programmes.actions.enrolments import pause as pause
from ithaca.programmes.actions.enrolments import restore as restore
from ithaca.programmes.actions.enrolments import resume as resume
from ithaca.programmes.actions.enrolments import set_capacity as set_capacity
from ithaca.programmes.actions.enrolments import withdraw as withdraw
from ithaca.programmes.actions.programmes import PROGRAMME_FIELDS as PROGRAMME_FIELDS
from ithaca.programmes.actions.programmes import create_programme as create_programme
from ithaca.programmes.actions.programmes import edit_programme as edit_programme
from ithaca.programmes.actions.programmes import grant_role as grant_role
from ithaca.programmes.actions.programmes import revoke_role as revoke_role
from ithaca.programmes.actions.wishes import keep_apart as keep_apart
from ithaca.programmes.actions.wishes import prefer as prefer
from ithaca.programmes.actions.wishes import prefer_many as prefer_many
