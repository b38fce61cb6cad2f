# What the organisation decides for itself, and its name.
settings-nothing = Nothing has changed
settings-reason = Why
settings-reason-hint = It is kept in the history of each setting you change.
settings-wrong = Enter a whole number from { $least } to { $most }.
settings-hold-hint = For cycles closed from now on. The statistical rule (seven of seven re-checks, or more after a miss) also applies.
setting-hold-looks = Re-checks before it can hold
setting-hold-weeks = Weeks after closing, at least
setting-hold-bands = Of day, evening, night and weekend, seen at least
setting-recheck-days = Days after closing to re-check
setting-newer = A setting from a newer version
setting-expected = How often: { $standard }
setting-often = { $times } within { $days } days
settings-recheck-hint = Separate with commas, the soonest first.
settings-recheck-wrong = Enter days from 1 to 366, separated by commas, the soonest first.
settings-shifts = Shift times
settings-shifts-hint = When one shift hands over to the next. Applies from today; earlier records keep the times of then.
settings-shifts-at = Shifts at { $site }
settings-shifts-usual = 06:00 · 14:00 · 22:00
settings-shifts-two = Two shifts
settings-shifts-three = Three shifts
settings-shifts-wrong = Enter times in order, more than four hours apart.
settings-shift-early = Day or early shift starts
settings-shift-late = Late shift starts
settings-shift-night = Night shift starts
settings-expected = How often is everyone observed?
settings-expected-hint = A new number counts from the day it is set: the first is due when its whole period is over.
settings-yes = Yes
settings-no = No
settings-log = History
settings-from-to = { $was } → { $now }
settings-unsettled = Two people changed this differently: { $setting }
settings-unsettled-hint = Both are kept. The first is in force until you choose.
settings-keep = Keep { $value }
owed-unsettled = Settings changed differently
owed-unsettled-of =
    { $n ->
        [one] { $n } setting
       *[other] { $n } settings
    }
standard-expected = How often everyone is observed by it: { $often }
diff-expected = How often everyone is observed: { $was } → { $now }
fetching-title = Fetching your records
fetching-hint = This can take a few minutes the first time. You can begin once they are here.
fetching-so-far = { $n } so far
failure-fetching = Your organisation's records are still being fetched. Try again when they are here.
org-title = Organisation
org-name = Name of the organisation
org-name-hint = Shown on every screen and every evidence pack.
org-name-missing = Enter a name.
records-not-here = No records on this device
records-not-here-hint = Records from other sites are not sent to this device.
preview-unreadable = Cannot be worked out: "{ $name }" cannot be read.
hold-preview =
    With these numbers, "Holds" takes at least { $looks } re-checks in real practice, all met, { $weeks ->
        [0] from the day of closing
        [one] the last at least { $weeks } week after closing
       *[other] the last at least { $weeks } weeks after closing
    }, and at least { $bands } of day, evening, night and weekend (night or weekend among them).
