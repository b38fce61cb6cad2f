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
form-unsent = Unsent form
form-discard-of = Discard what was typed: { $title }
form-discard-ask = Discard what you typed?
form-discard-hint = It was not sent, and cannot be brought back.
form-restored = What you typed is back · { $when }
form-discard = Discard
optional = { $label } (optional)
pin-show = Show
pin-hide = Hide

second-tab-title = Fieldproof is open in another tab
second-tab-hint = Your records are open there. Use that tab, or close it and this one opens by itself.

nav-label = Main
notices = Notices
nav-today = Today
nav-people = People
nav-records = Records
nav-tasks = Tasks
nav-sites = Sites
nav-standards = Standards
nav-more = More
nav-lock = Lock ({ $name })

leaving-title = { $n } of yours not sent yet
leaving-text = It is saved on this device, but it is sent only while you are unlocked here. Nobody else on this device can send it.
leaving-lock = Lock anyway
leaving-none = Nothing of yours is left to send
carry-on-title = Carry on where you were?
carry-on-yes = Carry on
carry-on-no = Not now
not-offline-yet = The app cannot open without signal yet
not-offline-yet-text = Part of it has not arrived. It is being fetched again; keep this page open with a connection until this notice goes.
update-title = Update ready
update-text = Takes a few seconds. Drafts and records stay as they are.
update-yes = Update now

not-found-title = Page not found
not-found-hint = The link may be old, or the record is not on this device.

# The chip: it never claims more than is proven.
chip-locked = Locked
chip-waiting = { $n } not sent – saved on this device
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
chip-needs-you-waiting =
    { $n ->
        [one] { $n } needs you · { $waiting } not sent
       *[other] { $n } need you · { $waiting } not sent
    }
chip-others = Others: { $n } not sent
chip-waiting-others = { $mine } not sent · others: { $n }
chip-sending-others = Sending { $sent } of { $of } · others: { $n }
chip-sign-in = Sign in again
chip-sign-in-waiting = Sign in again · { $n } not sent

# Days and times. Where a sentence holds a day, it names these words to write them in lower case:
# coach-look-again-says, owed-late.
date-today = Today
date-yesterday = Yesterday
date-tomorrow = Tomorrow
date-weekday-day-month = { $weekday } { $day } { $month }
date-day-month-year = { $day } { $month } { $year }
date-day-time = { $day } { $time }
date-exact = { $weekday } { $day }, { $time }

when-missing = Enter a day and a time.
when-no-time = That is not a valid date and time. Write the year with four digits.
when-ahead = That time is still to come. Choose a time that has passed.
when-long-ago = That is { $when }, more than six weeks ago. Was it then?
when-meant = Yes, it was then
when-over = That time has passed. Choose a later one.
when-far-ahead = That is more than a year ahead. Check the year.
when-gone-by = { $when } – already past
date-left = { $span } left
date-over = { $span } overdue
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
number-understood = = { $n }
number-either = { $thousands } or { $decimals }? Type it in one of these two ways.
number-not-whole = Enter a whole number: this is counted.
text-too-long =
    { $n ->
        [one] { $n } character too many. Nothing was cut: shorten the text here.
       *[other] { $n } characters too many. Nothing was cut: shorten the text here.
    }
printed = Printed { $at } by { $by }
