# What the organisation decides for itself, and its name.
settings-nothing = Nothing was changed
settings-reason = Why
settings-reason-hint = It stands in the history of each setting that you change.
settings-wrong = Enter a whole number from { $least } to { $most }.
settings-hold-hint = For cycles closed from now on. The statistical rule (seven of seven re-checks, or more after a miss) holds beside it.
setting-hold-looks = Re-checks before it can hold
setting-hold-weeks = Weeks after closing, at least
setting-hold-bands = Of day, evening, night and weekend, seen at least
setting-recheck-days = Days after closing to re-check
setting-newer = A setting of a newer version
setting-expected = How often: { $standard }
setting-often = { $times } within { $days } days
settings-recheck-hint = With commas, the soonest first.
settings-recheck-wrong = Enter days from 1 to 366 with commas, the soonest first.
settings-shifts = Shift times
settings-shifts-hint = When one shift hands over to the next. From today on; what happened before counts by the times of then.
settings-shifts-at = Shifts at { $site }
settings-shifts-usual = 06:00 · 14:00 · 22:00
settings-shifts-two = Two shifts
settings-shifts-three = Three shifts
settings-shifts-wrong = Enter times that follow each other, more than four hours apart.
settings-shift-early = Day or early shift starts
settings-shift-late = Late shift starts
settings-shift-night = Night shift starts
settings-expected = How often everybody is observed
settings-expected-hint = A new number counts from its day on: the first is due when its whole window is over.
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
standard-expected = How often everybody is observed by it: { $often }
diff-expected = How often everybody is observed: { $was } → { $now }
fetching-title = Fetching your records
fetching-hint = This can take a few minutes the first time. You can begin once they are here.
fetching-so-far = { $n } so far
failure-fetching = Your organisation's records are still being fetched. Try again when they are here.
org-title = Organisation
org-name = Name of the organisation
org-name-hint = It stands on every screen and on every evidence pack.
org-name-missing = Enter a name.
records-not-here = No records on this device
records-not-here-hint = What is recorded at other sites is not sent here.
