# People, sites, standards, and what the administrator keeps.
people-title = People
people-add = Add a person
people-choose = Choose a person from the list
people-search = Search by name
people-site = Site
people-all-sites = All sites
people-found =
    { $n ->
        [one] { $n } person
       *[other] { $n } people
    }
people-none = No one found
people-none-hint = Search for another part of the name, or choose all sites.
people-last = { $title } · { $when }
people-not-seen = Not observed yet
people-inactive = No longer active
person-records = Last observations
person-no-records = No observations yet
person-no-records-hint = Observations appear here, newest first.
person-observe = Observe
person-begin = { $class }: observe now
person-edit = Change name, role or sites

sites-title = Sites
sites-add = Add a site
sites-choose = Choose a site from the list
sites-none = No sites yet
sites-none-hint = The administrator adds sites. Then people can be assigned to them.
sites-people =
    { $n ->
        [one] { $n } person
       *[other] { $n } people
    }
sites-last = Last record: { $when }
sites-closed = Closed
site-tasks = Open tasks
site-people = People here
site-no-people = No one is assigned to this site
site-records = Newest records
site-no-records = Nothing recorded here yet
site-edit = Change this site

standards-title = Standards
standards-choose = Choose a standard from the list
standards-items =
    { $n ->
        [one] { $n } item
       *[other] { $n } items
    }
standards-version = version { $n }
standards-retired = Retired
standard-scenario = The case
standard-items = What to look at
standard-review = What to look at when reviewing
standard-refreshers = Refreshers
standard-refresher = { $title } · { $n } min
standard-critical = Critical: a miss fails the whole
standard-optional = May be left unanswered
standard-good = What good looks like:
standard-choices = Choices: { $list }
standard-unit = In { $unit }
standard-deviations = What can go wrong: { $list }

admin-save = Save
admin-saved = Saved on this device
admin-name = Name
admin-name-missing = Enter a name.
admin-name-hidden = This text has characters that nobody can see. Type it instead of pasting it.
admin-role = Role
admin-sites = Sites
admin-person-edit = Change a person
admin-person-active = Active
admin-person-active-hint = If switched off, this person can no longer sync. Their records stay.
admin-site-edit = Change a site
admin-site-name = Name of the site
admin-site-name-missing = Enter a name for the site.
admin-site-twin = There is already a site called { $site }. If this is another one, lists show what tells them apart.
admin-programme = Programme
admin-programme-hint = For example home care, supported living, crisis
admin-programme-like = Other sites write it “{ $programme }”. Write it the same way to keep them together.
admin-site-active = Open
admin-site-active-hint = If switched off, nothing new can be recorded there. Its records stay.
role-staff-hint = Hands over, writes notes, acknowledges coaching.
role-supervisor-hint = Observes, coaches and reviews at their own sites.
role-quality-hint = Sees all sites, publishes standards, leads actions.
role-admin-hint = Keeps people, sites and devices. Does not observe.

pairing-title = Pair a device
pairing-what = A code lets one device record as { $name }. It works once and needs signal.
pairing-make = Make a pairing code
pairing-another = Make another code
pairing-for = Code for { $name }
pairing-until = Valid until { $when }
pairing-qr = QR code with the pairing link
pairing-copy = Copy the link
pairing-share = Share the link
copy = Copy
copied = Copied
copy-refused = This device did not allow copying. Select the text and copy it by hand.
site-audits = Audits of this site
site-audit = Audit this site
