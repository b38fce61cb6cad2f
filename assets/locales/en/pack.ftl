# Evidence packs: how one is made, and what stands in the file.
pack-title = Evidence pack
packs-title = Evidence packs
packs-hint = One page for a reviewer: weakness, standard, action, live checks, governance. It checks itself, without us and without a network. Begin from a person, a site or something followed up, or choose a theme.
packs-themes = By theme
packs-made = Handed out
packs-none = No pack has been made yet
packs-none-hint = Every pack that is made is kept here with its fingerprint, so that a copy can be held against it.
pack-of-person = Person
pack-of-site = Site
pack-of-theme = Theme
pack-of-follow-up = Followed up
pack-hint = A file of its own that opens in any browser and prints well. Names of people supported are never asked for, so they are not in it; what somebody typed stays as it was typed.
pack-period-ask = Period
pack-month-1 = 30 days
pack-month-3 = 3 months
pack-month-6 = 6 months
pack-month-12 = A year
pack-from = From
pack-to = To
pack-no-days = Give both days.
pack-days-order = The first day is after the last. Change one of them.
pack-names = Name staff
pack-names-hint = Without names staff are numbered, and lines that name somebody are left out.
pack-make = Make the pack
pack-save = Save the file
pack-not-saved = The file could not be saved here. Check the free space and try again.
pack-in-downloads = Saved with your downloads.
pack-kept-at = Saved: { $path }
pack-empty = Nothing was recorded in this period
pack-empty-hint = Choose a longer one.
pack-unplaced-hint = The server could not be asked, or does not have them yet. With signal, make the pack again: then it proves them too.
pack-kicker = Evidence of improvement · { $org }
pack-period = { $from } to { $to }
pack-made = Made { $at } by { $by }
pack-somebody = Somebody
pack-staff = Staff { $n }
pack-weakness = 1 Weakness
pack-standard = 2 Standard
pack-action = 3 Action
pack-check = 4 Live checks
pack-governance = 5 Governance review
pack-simulated = simulated
pack-live = in real practice
pack-note = a note
pack-nothing = Nothing recorded in this period.
pack-version = Version { $n }
pack-missed = { $item }: not met in { $n } of { $of } observations
pack-met-of = { $n } of { $of } observations in real practice met their standard.
pack-no-live = No observation in real practice in this period.
pack-simulated-of = Apart from these, simulated: { $n } of { $of } met their standard.
pack-desk-of = Apart from these, on paper (audits, written cases, notes): { $n } of { $of } met their standard.
pack-unread-of = Apart from these, by a standard that this device does not have: { $n } of { $of } met it.
pack-on-paper = on paper
pack-small = So few that a share would say little.
pack-month = Month
pack-of = Of
pack-records = Observations
pack-when = When
pack-what = What
pack-about = About
pack-by = By
pack-result = Result
pack-misses = Not met
pack-proof = How this pack proves itself
pack-proof-how = Each line was written once, on the device where it happened, and is chained by SHA-256 to the line before it. The button computes every hash anew in this browser; nothing is sent anywhere.
pack-check-now = Check this pack now
pack-good = Checked: every line fits its chain, and the page is as it was made.
pack-bad = This pack was altered. What does not fit:
pack-bad-line = Line
pack-bad-page = The page or a line is not what the fingerprint was made over
pack-line-left-out = Left out: it names somebody.
pack-fingerprint = Fingerprint
pack-fingerprint-hint = The provider’s record holds the same fingerprint since the moment this pack was made. Ask for it: whoever alters a pack can also write another fingerprint into it, but not into that record.
failure-too-much = This is more than one pack can hold. Choose a shorter period.
pack-items =
    { $n ->
        [one] { $n } item
       *[other] { $n } items
    }
pack-earlier =
    { $n ->
        [one] { $n } earlier line is among the records below.
       *[other] { $n } earlier lines are among the records below.
    }
pack-ready =
    { $n ->
        [one] Ready: { $n } line behind it
       *[other] Ready: { $n } lines behind it
    }
pack-proven =
    { $n ->
        [one] { $n } line stands in a chain that the server holds too.
       *[other] { $n } lines stand in chains that the server holds too.
    }
pack-own =
    { $n ->
        [one] { $n } line stands in the chain of the device that made this pack, and was not with the server yet.
       *[other] { $n } lines stand in the chain of the device that made this pack, and were not with the server yet.
    }
pack-unplaced =
    { $n ->
        [one] { $n } line is not placed in its chain
       *[other] { $n } lines are not placed in their chains
    }
pack-left-out =
    { $n ->
        [one] { $n } line is left out because it names somebody; its place in the chain is shown.
       *[other] { $n } lines are left out because they name somebody; their places in the chain are shown.
    }
pack-lines =
    { $n ->
        [one] The { $n } line behind it
       *[other] The { $n } lines behind it
    }
pack-interval = With 95 % certainty between { $low } and { $high } (Clopper–Pearson), if these were a fair sample.
pack-chart = Share of observations that met their standard, month by month
pack-chart-how = Median { $median } (dashed), { $n } months, Anhøj rules: { $said }
pack-chart-signal = more than chance is at work; the marked points show where.
pack-chart-quiet = nothing but chance is seen.
pack-more-missed = { $n ->
    [one] One further item was missed: it is in the table of observations.
   *[other] { $n } further items were missed: they are in the table of observations.
}
pack-chart-mute = too few points for a verdict (the rules need { $need } that are not on the median); read it as a list.
