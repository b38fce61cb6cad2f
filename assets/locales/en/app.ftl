# The frame around every screen, and words that all screens share.
app-name = Fieldproof
app-starting = Opening your records…
window-title = { $title } · Fieldproof
skip-to-content = Skip to content
back = Back
busy = Working…
loading = Loading…
try-again = Try again
list-more = Show more
list-of = { $shown } of { $total }
cancel = Cancel
optional = { $label } (optional)
pin-show = Show
pin-hide = Hide

second-tab-title = Fieldproof is open in another tab
second-tab-hint = That one holds your records. Go on there, or close it: this tab then opens by itself.

nav-label = Main
notices = Notices
nav-today = Today
nav-people = People
nav-records = Records
nav-tasks = Tasks
nav-sites = Sites
nav-standards = Standards
nav-more = More
nav-lock = { $name } · lock

carry-on-title = Carry on where you were?
carry-on-yes = Carry on
carry-on-no = Not now
not-offline-yet = The app does not open without signal yet
not-offline-yet-text = A part of it did not arrive. It is asked for again; keep this page open with a connection until this notice goes.
update-title = A new version is ready
update-text = It starts in a moment. Drafts and records stay as they are.
update-yes = Start the new version

not-found-title = This page is not here
not-found-hint = The link may be old, or the record is not on this device.

# The chip: it never claims more than is proven.
chip-locked = Locked
chip-waiting = { $n } waiting, saved here
chip-sending = Sending { $sent } of { $of }
chip-receiving = Receiving { $n }
chip-all-synced = All synced { $time }
chip-set-aside = Sent { $time } · { $n } set aside
chip-not-yet = Not synced yet
chip-needs-you =
    { $n ->
        [one] { $n } needs you
       *[other] { $n } need you
    }
chip-sign-in = Sign in again
chip-sign-in-waiting = Sign in again · { $n } waiting

# Days and times.
date-today = Today
date-yesterday = Yesterday
date-tomorrow = Tomorrow
date-weekday-day-month = { $weekday } { $day } { $month }
date-day-month-year = { $day } { $month } { $year }
date-day-time = { $day } { $time }
date-left = { $span } left
date-over = { $span } over
date-minutes = { $n } min
date-hours = { $n } h
date-days =
    { $n ->
        [one] { $n } day
       *[other] { $n } days
    }
date-mon = Mon
date-tue = Tue
date-wed = Wed
date-thu = Thu
date-fri = Fri
date-sat = Sat
date-sun = Sun
date-jan = Jan
date-feb = Feb
date-mar = Mar
date-apr = Apr
date-may = May
date-jun = Jun
date-jul = Jul
date-aug = Aug
date-sep = Sep
date-oct = Oct
date-nov = Nov
date-dec = Dec
size-decimal = { $whole }.{ $tenth }
size-kb = { $n } KB
size-mb = { $n } MB
size-gb = { $n } GB
said-rest = Show { $n } more characters
