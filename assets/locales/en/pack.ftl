# Evidence packs: how one is made, and what stands in the file.
pack-title = Evidence pack
packs-title = Evidence packs
packs-hint = Two pages for a reviewer, with the records behind them: weakness, standard, action, checks in real practice, monthly reviews. It checks itself, without us and without a network. Begin from a person, a site or something followed up, or choose a theme.
packs-themes = By theme
packs-made = Packs shared
packs-none = No packs yet
packs-none-hint = Every pack you make is listed here with its fingerprint, so that a copy can be compared with it.
pack-of-person = Person
pack-of-site = Site
pack-of-theme = Theme
pack-of-follow-up = Followed up
pack-hint = A single file that opens in any browser and prints well. The app never asks for names of people supported, so it adds none; text that someone typed stays as typed.
pack-period-ask = Period
pack-month-1 = 30 days
pack-month-3 = 3 months
pack-month-6 = 6 months
pack-month-12 = A year
pack-from = From
pack-to = To
pack-no-days = Enter both days.
pack-days-order = The first day is after the last. Change one of them.
pack-names = Name staff
pack-names-hint = Without names, staff are numbered and lines that name someone are left out.
pack-make = Make the pack
pack-save = Save the file
pack-not-saved = The file could not be saved here. Check the free space and try again.
pack-in-downloads = Saved with your downloads.
pack-kept-at = Saved: { $path }
pack-empty = Nothing was recorded in this period
pack-empty-hint = Choose a longer one.
pack-unplaced-hint = The server could not be reached, or does not have them yet. Make the pack again when you have signal: then it proves them too.
pack-kicker = Evidence of improvement · { $org }
pack-period = { $from } to { $to }
pack-made = Made { $at } by { $by }
pack-somebody = Someone
pack-staff = Staff { $n }
pack-weakness = 1 Weakness
pack-standard = 2 Standard
pack-action = 3 Action
pack-check = 4 Checks
pack-governance = 5 Governance: monthly reviews
pack-simulated = simulated
pack-live = in real practice
pack-note = a note
pack-nothing = Nothing recorded in this period.
pack-version = Version { $n }
pack-missed = { $item }: not met in { $n } of { $of } where it was seen
pack-met-of = { $n } of { $of } observations in real practice met their standard.
pack-no-live = No observation in real practice in this period.
pack-simulated-of = Simulated: { $n } of { $of } met their standard.
pack-desk-of = On paper (audits, written cases, notes): { $n } of { $of } met their standard.
pack-unread-of = By a standard that is not on this device: { $n } of { $of } met it.
pack-on-paper = on paper
pack-small = Too few for a percentage to say much.
pack-month = Month
pack-of = Of
pack-records = Observations, handoffs and notes
pack-when = When
pack-what = What
pack-about = About
pack-by = By
pack-result = Result
pack-proof = How this pack proves itself
pack-proof-how = Each line was written once, on the device where it happened, and is chained by SHA-256 to the line before it. The button recalculates, in this browser, the hash of every line that is here in full, and of everything this file shows; nothing is sent anywhere.
pack-check-now = Check this pack now
pack-good = Checked: every line that is here in full fits its place in the chain as this file gives it, and everything you see is what the fingerprint was made from. Compare the fingerprint with the provider’s record: only that rules out that someone made both file and fingerprint anew.
pack-bad = This pack was altered. What does not fit:
pack-bad-line = Does not fit its place in the chain: line
pack-bad-page = What this file shows is not what the fingerprint was made from. (A copy saved from a browser that had translated it cannot be checked: ask for the file itself.)
pack-line-left-out = Left out: it names someone.
pack-fingerprint = Fingerprint
pack-fingerprint-hint = The provider’s record has held the same fingerprint since this pack was made. Ask for it: anyone who alters a pack can also write another fingerprint into it, but not into that record.
failure-too-much = This is more than one pack can hold. Choose a shorter period.
pack-items =
    { $n ->
        [one] { $n } item
       *[other] { $n } items
    }
pack-earlier =
    { $n ->
        [one] { $n } earlier entry is listed behind these pages.
       *[other] { $n } earlier entries are listed behind these pages.
    }
pack-ready =
    { $n ->
        [one] Ready: { $n } line behind it
       *[other] Ready: { $n } lines behind it
    }
pack-proven =
    { $n ->
        [one] { $n } line is in a chain that the server holds too.
       *[other] { $n } lines are in chains that the server holds too.
    }
pack-own =
    { $n ->
        [one] { $n } line is in the chain of the device that made this pack, and had not been sent yet.
       *[other] { $n } lines are in the chain of the device that made this pack, and had not been sent yet.
    }
pack-unplaced =
    { $n ->
        [one] { $n } line is not placed in its chain
       *[other] { $n } lines are not placed in their chains
    }
pack-left-out =
    { $n ->
        [one] { $n } line is left out because it names someone; its place in the chain is shown.
       *[other] { $n } lines are left out because they name someone; their places in the chain are shown.
    }
pack-lines =
    { $n ->
        [one] The { $n } line behind it
       *[other] The { $n } lines behind it
    }
pack-interval = With 95% certainty between { $low } and { $high } (Clopper–Pearson), if these were a fair sample.
pack-chart = Share of observations that met their standard, month by month
pack-translated = Checked: the file is as it was made. What you see was translated by your browser: the translation is not part of the pack, so go by the original for the exact words.
pack-moved = The file is as it was made, but something in this browser, such as an extension, has changed what you see. Open it in a private window.
pack-lines-checked = Lines recalculated:
pack-behind = Behind these pages
pack-newest = Newest steps
pack-more =
    { $n ->
        [one] One more is listed behind these pages.
       *[other] { $n } more are listed behind these pages.
    }
pack-months = Month by month
pack-restricted = What was restricted
pack-coached = What was coached
pack-duties = Duties limited: { $duties }
pack-review-days =
    { $n ->
        [one] reviewed every day
       *[other] reviewed every { $n } days
    }
pack-expected = Expected: { $what }
pack-owner = { $name } by { $day }
pack-since = since { $day }
pack-until = until { $day }
pack-in-force = in force
pack-said = “{ $what }”
pack-yes = yes
pack-no = no
pack-elsewhere =
    { $n ->
        [one] One other review of this period is about something else and not in this pack.
       *[other] { $n } other reviews of this period are about something else and not in this pack.
    }
pack-row-missed = Not met: { $what }
pack-gaps = No observation in real practice in: { $which }
pack-refused = Does not count: { $why }
pack-times = With the time spent on each item
pack-times-hint = Staff are told that these times are kept, not that they leave the organisation. Without them, lines that have them are shown but cannot be recalculated one by one.
pack-shortened =
    { $n ->
        [one] { $n } line is shown without the time spent on each item: the fingerprint covers what is shown; to recalculate its place in the chain, ask the provider for the whole line.
       *[other] { $n } lines are shown without the time spent on each item: the fingerprint covers what is shown; to recalculate their places in the chain, ask the provider for the whole lines.
    }
pack-unknown = { $item }: nobody knew it in { $n } of { $of } handoffs that answered it
pack-not-judged =
    { $n ->
        [one] One observation was not judged: whether its standard was met hangs on what was not seen, or nobody may judge it.
       *[other] { $n } observations were not judged: whether their standard was met hangs on what was not seen, or nobody may judge them.
    }
pack-none-judged =
    { $n ->
        [one] The one observation in real practice could not be judged.
       *[other] None of the { $n } observations in real practice could be judged.
    }
pack-handoffs =
    { $n ->
        [one] One handoff, filled in by the staff of the shift.
       *[other] { $n } handoffs, filled in by the staff of the shift.
    } What was not met or not known in them is a weakness of handing over, not an observation of anyone’s practice: something was not met in { $missed } and unknown in { $unknown }.
pack-review-next = next review by { $day }
pack-overdue = overdue since { $day }
pack-review-overdue = review overdue since { $day }
pack-row-unknown = Unknown: { $what }
pack-row-reviewed = Reviewed by { $name }, { $day }
pack-row-handoff = Not judged (a handoff)
pack-not-whole = { $month } is incomplete in this pack: { $x } of { $n } so far. It is left out of the trend.
pack-nameless = Staff are numbered. What people typed is unchanged, except that names that were recognised are replaced; a name that several people share becomes “Someone”.
pack-read-first = Read it before you hand it over
pack-read-first-hint = What people typed is unchanged, except that names that were recognised are replaced. A name that is also an ordinary word, is misspelled or is someone else’s may still be in it.
pack-in-practice = In real practice
pack-not-in-practice = Not in real practice (simulated, on paper)
pack-in-handoffs = In handoffs
pack-not-counted = Not counted above
pack-handoff-missed = { $item }: not met in { $n } of { $of } handoffs that answered it
pack-needed = Share of items needed
pack-needed-all = Needed for each: { $percent } of its items met, and no critical item missed.
pack-needed-each = Needed by each standard, and no critical item missed:
pack-needed-by = { $standard }: { $percent } of its items
pack-needed-version = { $percent } (version { $n })
pack-version-since = in force since { $day }
pack-version-until = in force from { $from } to { $to }
pack-version-retired = in force from { $from }, retired { $to }
pack-version-change = what changed and why: “{ $what }”
pack-version-needed = { $percent } of its items needed
pack-shortened-here = Texts that end in “…” are given in full after these pages.
