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
people-none = Nobody found
people-none-hint = Search by another part of the name, or choose all sites.
people-last = { $title }, { $when }
people-not-seen = Not observed yet
people-inactive = No longer active
person-records = Last observations
person-no-records = No observations yet
person-no-records-hint = What is observed appears here, newest first.
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
sites-last = last record { $when }
sites-closed = Closed
site-tasks = Open tasks
site-people = People here
site-no-people = Nobody is assigned to this site
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
standard-review = What the reviewer looks at
standard-refreshers = Refreshers
standard-refresher = { $title } · { $n } min
standard-critical = Critical: a miss fails the whole
standard-optional = May be left open
standard-good = What good looks like:
standard-choices = Choices: { $list }
standard-unit = In { $unit }
standard-deviations = What can be wrong: { $list }

admin-save = Save
admin-saved = Saved on this device
admin-name = Name
admin-name-missing = A person needs a name. Type it.
admin-role = Role
admin-sites = Sites
admin-person-edit = Change a person
admin-person-active = Active
admin-person-active-hint = Switched off, the person can no longer sync. Their records stay.
admin-site-edit = Change a site
admin-site-name = Name of the site
admin-site-name-missing = A site needs a name. Type it.
admin-programme = Programme
admin-programme-hint = For example home care, supported living, crisis
admin-site-active = Open
admin-site-active-hint = Switched off, nothing new can be recorded there. Its records stay.
role-staff-hint = Hands over, writes notes, acknowledges coaching.
role-supervisor-hint = Observes, coaches and reviews at their own sites.
role-quality-hint = Sees all sites, publishes standards, leads actions.
role-admin-hint = Keeps people, sites and devices. Does not observe.

pairing-title = Pair a device
pairing-what = A code lets one device record as { $name }. It works once. Needs signal.
pairing-make = Make a pairing code
pairing-another = Make another code
pairing-for = Code for { $name }
pairing-until = Valid until { $when }
pairing-qr = QR code with the pairing link
pairing-copy = Copy the link
pairing-share = Share the link
copy = Copy
copied = Copied
copy-refused = This device refused to copy. Select the text and copy it by hand.
site-audits = Audits of this site
site-audit = Audit this site
