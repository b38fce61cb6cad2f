# Patterns, drift, cohorts, deadlines.
work-trended = Looked at with others like it
patterns-title = What repeats
patterns-one = Pattern
patterns-rule = { $count } similar incidents or near misses within { $days } days make a pattern: at one site, or across sites where no site shows it alone.
patterns-raised = Waiting for an action
patterns-none = No pattern is waiting
patterns-none-hint = Similar near misses and incidents appear here when they reach the threshold.
patterns-answered = Answered
patterns-also = Also look at
patterns-sub = Patterns, drift, cohorts, deadlines
pattern-across = Across sites: { $sites }
pattern-dates = { $from } to { $to }
pattern-count = { $n } similar
pattern-said = { $n } similar reports from { $from } to { $to }.
pattern-classify = First say what kind of gap it is
pattern-classify-hint = Open a report below and classify it: only a knowledge gap is solved by training.
pattern-gap = The gravest gap of the { $n } of { $of } that are classified: { $gap }
pattern-some-open = Some reports are not classified yet; they may show a graver gap.
pattern-actions = Answered by
pattern-reports = Reports in it
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
duty-classify = Classify
duty-investigate = Begin the investigation
duty-resolve = Resolve
cohort-day = Weekdays, day
cohort-evening = Weekdays, evening
cohort-night = Weekdays, night
cohort-weekend = Weekends
cohort-site = Site, against the other sites
cohort-programme = Programme, against the others
cohort-band = Time of work, against the rest
cohort-role = Role, against the others
cohort-new = New: their first 90 days
cohort-longer = Here for longer
cohort-start = Time since start, against the rest
ratio-times = { $times } times the usual rate (95% interval { $low } to { $high })
ratio-open = At least { $low } times the usual rate, which has no case
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
chain-recurrence = Again since
chain-not-yet = Not yet
chain-not-watched = Not watched yet
chain-again =
    { $days ->
        [one] { $n } in { $days } day
       *[other] { $n } in { $days } days
    }
chain-cycles = Who is retrained
chain-restrictions = Duties limited until then
again-title = Did it happen again?
again-none-yet = Counted for { $days } days from the re-validation, or from closing.
again-nothing = No similar report in ordinary times or since: there is nothing to compare yet.
again-less = Fewer than in ordinary times, beyond chance: { $times }
again-more = More than in ordinary times, beyond chance: { $times }
again-unsure = So few cannot show a change either way: { $times }
again-until = The watch goes on until { $days } days are over.
retrain-title = Retrain the people concerned
retrain-hint = For each: a fifteen-minute refresher, and a live check in the field within two weeks.
retrain-standard = Checked by: { $standard }
retrain-who = Who
retrain-limit = Limit their duties until re-validated
retrain-nobody = Choose at least one person.
retrain-duties-missing = Say what they do not do meanwhile.
retrain-none-left = Everyone there is being retrained
retrain-send = Open the cycles
retrain-expected = The standard is met in real practice
drift-title = Drift
drift-sub = Small errors that repeat
drift-rule = Listed from { $count } within { $days } days on, audits, incidents and feedback counted together; repeated complaints always.
drift-none = Nothing repeats
drift-none-hint = Missed items, near misses and feedback about the same practice appear here together.
drift-before = { $before } in the { $days } days before.
drift-count =
    { $n ->
        [one] { $n } time
       *[other] { $n } times
    }
drift-agree = { $n } of 3 sources agree
drift-complaints = Complaints repeat
drift-of-looked = Something missed in { $n } of { $of }
drift-reports =
    { $n ->
        [one] { $n } report
       *[other] { $n } reports
    }
drift-item = Missed in { $n } of { $of } observations; in the half year before in { $before } of { $all }. { $change }
behind-reports = Reports
behind-records = Observations
cohorts-title = Cohorts
cohorts-sub = Which group stands out against the rest
cohorts-measure = What is counted
cohorts-all = All competencies
cohorts-hint = The last { $days } days, first looks at each person by each standard only ({ $again } later looks are left out: whoever missed is looked at again). Of the groups called over-represented here, at most one in twenty is called by chance, all { $n } comparisons considered.
cohorts-none = Nothing to compare
cohorts-none-hint = It takes two groups of the same kind with observations.
cohort-action = { $name } stands out against the rest
measure-not-met = Observations not met
measure-reports = Incidents and near misses
finding-over = Over-represented
finding-not-shown = No difference shown
finding-few-cases = Too few cases
finding-few-people = Fewer than three people
rates-observed = { $n } of { $of } first looks at { $people } people · the rest { $m } of { $all }
timely-title = Done in time
timely-sub = Investigations, resolutions, actions
timely-period = Period
timely-hint = What fell due from { $from } to { $to }, done or not. Where it is below { $least }%, say why in the monthly review: its notes are kept with the month.
timely-review = Monthly review
timely-investigated = Investigation begun in time
timely-resolved = Incident resolved in time
timely-actions = Corrective action completed in time
timely-late = Late or still open
timely-none-due = Nothing fell due
timely-short = Below the line
timely-held = At or above the line
timely-rate = { $n } of { $of } ({ $percent }%)
thresholds-title = Organisation settings
thresholds-sub = What your organisation decides
thresholds-state = Authorities set their own deadlines: enter yours.
threshold-pattern-count = Similar reports that make a pattern
threshold-pattern-days = Within so many days
threshold-category = Only of the same category
threshold-category-hint = Otherwise all of a competency are counted together.
threshold-drift-count = Errors that make a drift
threshold-drift-days = Within so many days (drift)
threshold-notify = Hours to tell the authority
threshold-classify = Hours to classify a report
threshold-investigate = Hours to begin an investigation
threshold-resolve = Days to resolve an incident
threshold-action = Days for a corrective action
in-force-title = Restrictions in force
in-force-review = Review { $day }
in-force-late = Review is late
owed-pattern = Patterns to answer
report-competency = Which practice
report-competency-none = Not sure
report-signal = Signal
work-when = When it was done
work-before = That is before it happened. Enter the time it was done.
work-done = Done { $when }
report-harm = Harm (NCC MERP index)
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
report-when = When it happened
report-when-future = That time is still to come.
report-about = Whose practice
report-about-none = Nobody in particular
timeline-title = Worked on
timeline-identified = Identified
timeline-reported = Reported
timeline-triaged = Triaged
timeline-trended = Trended
timeline-open = by { $when }
timeline-none = Not yet
action-due = Carried out within
action-watch = Watched afterwards for
action-counts-as = Counted as happening again: { $theme }, at { $place }.
action-everywhere = all sites
action-new-gap = What kind of gap it answers
patterns-chance = Reaching the threshold is your rule. Each pattern also says whether it is more than chance explains here; where nothing changed, this page says so wrongly less than once a year.
pattern-beyond = More than chance explains here
pattern-ordinary = Reached your threshold; about what is usual here ({ $month } a month)
pattern-maybe = Reached your threshold; by chance about once in { $years } years here ({ $month } a month), which is not enough to say more
threshold-ordinary = In an ordinary year a site with one such report in two months reaches this in { $half } of years by chance alone, with one a month in { $one }.
drift-chance = "More than before" compares with the half year before by how often somebody looked; where nothing changed, this page says it wrongly about once in two years.
drift-more = More than before
drift-steady = About as before
drift-not-known = Nothing to compare with
cohorts-hint-reports = The last { $days } days. How much work was done is not known here, so these are counts, and no group is called over-represented.
finding-no-exposure = A count, no rate
rates-reports = { $n } reported; { $people } people work there
again-since =
    { $days ->
        [one] { $after } in the { $days } day since
       *[other] { $after } in the { $days } days since
    }
again-usual = in ordinary times before, { $before } in { $days } days
again-usual-not-known = nothing is known of ordinary times before
