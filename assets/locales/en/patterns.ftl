# Patterns, small errors adding up, groups, deadlines.
work-trended = Checked for patterns
patterns-title = Patterns
patterns-one = Pattern
patterns-rule = { $count } similar incidents or near misses within { $days } days make a pattern: at one site, or across sites where no site shows it alone.
patterns-raised = Needs an action
patterns-none = No pattern is waiting for an action
patterns-none-hint = Similar near misses and incidents appear here when they reach the threshold.
patterns-answered = Action taken
patterns-also = See also
patterns-sub = Small errors, groups, deadlines
pattern-across = Across sites: { $sites }
pattern-dates = { $from } to { $to }
pattern-count = { $n } similar
pattern-said = { $n } similar reports from { $from } to { $to }.
pattern-classify = Record the cause first
pattern-classify-hint = Open a report below and record its cause: training helps only when the cause is knowledge.
pattern-gap = Most serious cause among the { $n } of { $of } that have one: { $gap }
pattern-some-open = Some reports have no cause yet; theirs may be more serious.
pattern-actions = Actions
pattern-reports = Reports
competency-handoff = Handoff
competency-medication = Medication
competency-escalation = Escalation
competency-documentation = Documentation
competency-welfare = Welfare checks
competency-visits = Visits
competency-rights = Rights-respecting practice
competency-communication = Communication
competency-distress = Low-level distress
competency-confidence = Confidence
input-audit = Audits and reviewed notes
input-observation = Observations
input-theme = Incidents and near misses
input-partner = Partners and on-call
input-complaint = Complaints
duty-notify = Tell the authority
duty-classify = Record the cause
duty-investigate = Start the investigation
duty-resolve = Resolve
cohort-day = Weekdays, day
cohort-evening = Weekdays, evening
cohort-night = Weekdays, night
cohort-weekend = Weekends
cohort-site = Site, against the other sites
cohort-programme = Programme, against the others
cohort-band = Time of work, against the rest
cohort-role = Role, against the others
cohort-new = New: first 90 days
cohort-longer = Longer here
cohort-start = Time since start, against the rest
ratio-times = { $times } times the usual rate (95% interval { $low } to { $high })
chain-title = From pattern to proof
chain-pattern =
    { $n ->
        [one] { $n } report
       *[other] { $n } reports
    }
chain-opened-for =
    { $n ->
        [one] { $kind }, { $n } person
       *[other] { $kind }, { $n } people
    }
chain-revalidated = Re-validated
chain-revalidated-of = Re-validated, { $n } of { $of }
chain-recurrence = Happened again
chain-not-yet = Not yet
chain-closed = Closed, not recorded as carried out
chain-not-watched = Not watched yet
chain-again =
    { $days ->
        [0] { $n } in less than a day
        [one] { $n } in { $days } day
       *[other] { $n } in { $days } days
    }
chain-cycles = Who is retrained
chain-restrictions = Duties limited until then
again-title = Did it happen again?
again-none-yet = Counted for { $days } days, from the day on which it is both carried out and either re-validated or closed.
again-never = It was not carried out, so nothing is counted.
again-nothing = No similar report since, and none in the days before that are counted: there is nothing to compare yet.
again-no-usual = There is nothing to compare with.
again-less = Fewer than usual before, beyond chance: { $times }
again-more = More than usual before, beyond chance: { $times }
again-unsure = Too few to show a change either way: { $times }
again-until = Counting goes on until { $days } days are over.
retrain-title = Retrain the people concerned
retrain-hint = For each: a fifteen-minute refresher, and a check in real practice within two weeks.
retrain-standard = Checked by: { $standard }
retrain-who = Who?
retrain-limit = Limit their duties until re-validated
retrain-nobody = Choose at least one person.
retrain-duties-missing = Write what they must not do until then.
retrain-none-left = Everyone there is already being retrained
retrain-send = Open the cycles
retrain-expected = The standard is met in real practice
drift-title = Small errors adding up
drift-sub = Missed items, incidents and feedback, counted together
drift-rule = Shown when errors in the same area of practice occur { $count } times in { $days } days (audits, incidents and feedback counted together); repeated complaints are always shown.
drift-none = Nothing is adding up
drift-none-hint = Missed items, near misses and feedback in the same area of practice appear here together.
drift-before = { $before } in the { $days } days before.
drift-count =
    { $n ->
        [one] { $n } time
       *[other] { $n } times
    }
drift-agree = More than before in { $n } of 3 sources
drift-complaints = Repeated complaints
drift-of-looked = Something missed in { $n } of { $of } judged
drift-reports =
    { $n ->
        [one] { $n } report
       *[other] { $n } reports
    }
drift-item = Missed in { $n } of { $of } where it was seen; in the half year before, in { $before } of { $all }. { $change }
behind-reports = Reports
behind-records = Observations
cohorts-title = Groups
cohorts-sub = Which group stands out from the rest?
cohorts-measure = What is counted
cohorts-all = All areas of practice
cohorts-hint = The last { $days } days, counting only the first observation of each person by each standard ({ $again } later ones are left out, because a miss is re-checked). Of the groups called over-represented here, at most one in twenty is called so by chance, across all { $n } comparisons.
cohorts-none = Nothing to compare
cohorts-none-hint = Two groups of the same kind with observations are needed.
cohort-action = { $name } stands out from the rest
measure-not-met = Observations not met
measure-reports = Incidents and near misses
finding-over = Over-represented
finding-not-shown = No difference shown
finding-few-cases = Too few cases
finding-few-people = Fewer than three people
rates-observed = { $n } of { $of } first observations of { $people } people · the rest { $m } of { $all }
timely-title = Done in time
timely-sub = Investigations, resolutions, actions
timely-period = Period
timely-hint = Due from { $from } to { $to }, done or not. If it is below { $least }%, say why in the monthly review: its notes are kept with the month.
timely-review = Monthly review
timely-investigated = Investigation started in time
timely-resolved = Incident resolved in time
timely-actions = Corrective action completed in time
timely-late = Late or overdue
timely-none-due = Nothing was due
timely-short = Below the line
timely-held = At or above the line
timely-rate = { $n } of { $of } ({ $percent }%)
thresholds-title = Organisation settings
thresholds-sub = What your organisation decides
thresholds-state = Each authority sets its own deadlines: enter yours.
threshold-pattern-count = Similar reports that make a pattern
threshold-pattern-days = Within how many days
threshold-category = Only of the same category
threshold-category-hint = Otherwise everything in the same area of practice is counted together.
threshold-drift-count = Errors that count as adding up
threshold-drift-days = Within how many days (small errors)
threshold-notify = Hours to tell the authority
threshold-classify = Hours to record the cause
threshold-investigate = Hours to start an investigation
threshold-resolve = Days to resolve an incident
threshold-action = Days for a corrective action
in-force-title = Restrictions in force
in-force-review = Review { $day }
owed-pattern = Patterns that need an action
report-competency = Area of practice
report-competency-none = Not sure
report-signal = Other concern
work-when = When it was done
work-before = That is before it happened. Enter the time it was done.
work-done = Done { $when }
report-harm = How serious was it? (medication only)
report-harm-none = Not known yet
harm-a = A · could cause an error
harm-b = B · did not reach the person
harm-c = C · reached the person, no harm
harm-d = D · needed monitoring
harm-e = E · temporary harm, intervention
harm-f = F · temporary harm, hospital
harm-g = G · permanent harm
harm-h = H · intervention to sustain life
harm-i = I · death
report-when = When did it happen?
report-about = Whose practice?
report-about-none = Nobody in particular
timeline-title = Progress
timeline-identified = Identified
timeline-reported = Reported
timeline-triaged = Cause recorded
timeline-trended = Checked for patterns
timeline-open = Due: { $when }
timeline-none = Not yet
action-due = To be done within
action-watch = Then watched for
action-counts-as = Counts as happening again: { $theme }, at { $place }.
action-everywhere = all sites
action-new-gap = Which cause does it address?
patterns-chance = Reaching the threshold is your own rule. Each pattern that needs an action also says whether it is more than chance explains here; where nothing changed, this page says so wrongly less than once a year.
pattern-beyond = More than chance explains here
pattern-ordinary = Reached your threshold; about what is usual here ({ $month } a month)
pattern-maybe = Reached your threshold; by chance about once in { $years } years here ({ $month } a month), which is not enough to say more
threshold-ordinary = In a usual year, a site with one such report in two months reaches this in { $half } of years by chance alone; with one a month, in { $one }.
drift-chance = "More than before" compares with the half year before, for the number of observations made; where nothing changed, this page says it wrongly about once in two years.
drift-more = More than before
drift-steady = About as before
drift-not-known = Nothing to compare with
cohorts-hint-reports = The last { $days } days. How much work was done is not known here, so these are counts, and no group is called over-represented.
finding-no-exposure = A count, no rate
rates-reports = { $n } reported; { $people } people work there
again-since =
    { $days ->
        [0] { $after } in less than a day since { $day }
        [one] { $after } in the { $days } day since { $day }
       *[other] { $after } in the { $days } days since { $day }
    }
again-usual =
    { $reports ->
        [0] before it was opened, { $before } in { $days } days
       *[other] before the first report it answers, { $before } in { $days } days
    }
again-usual-not-known = what was usual before is not known
work-entered-later = Entered { $span } later
timely-later = Entered after the fact
timely-rate-later =
    { $n ->
        [one] { $n } of these was entered later than it was done.
       *[other] { $n } of these were entered later than they were done.
    }
drift-found-in = Found in { $n } of 3 sources
drift-item-more = one of its items more than before
drift-items-steady = its most frequent items about as before
again-more-new = More than usual before, beyond chance: in the days before that are counted it did not happen.
again-unsure-new = Too few to show a change: in the days before that are counted it did not happen.
counted-shown =
    { $n ->
        [one] { $n } person re-validated
       *[other] { $n } people re-validated
    }
counted-not-shown =
    { $n ->
        [one] { $n } person not yet
       *[other] { $n } people not yet
    }
counted-proof =
    { $n ->
        [one] { $n } observation that counts
       *[other] { $n } observations that count
    }
counted-elsewhere =
    { $n ->
        [one] { $n } more report is not on this device.
       *[other] { $n } more reports are not on this device.
    }
counted-none-again = It has not happened again
counted-none-shown = Nobody has been re-validated yet
counted-none-reports = None of its reports is on this device
