# Figures over time, the monthly review, what holds, questions that could be dropped.
nav-insight = Insight
insight-title = Insight
insight-pages = Pages
insight-over-time = Over time
insight-measure = Measure
insight-programme = Programme
insight-all-programmes = All programmes
insight-site = Site
insight-all-sites = All sites
insight-competency = Area of practice
insight-all-competencies = All areas of practice
insight-narrow = Site, area of practice, period
insight-grain = One point per
insight-by-month = Month
insight-by-week = Week
insight-none = Nothing to show yet
insight-nothing-expected = Your organisation has not set yet how often practice is observed.
insight-percent = { $n }%
insight-days = { $n } days
insight-hours = { $n } h
insight-of = { $x } of { $n }
insight-in = { $x } in { $n } records
insight-from = from { $n }
insight-interval = likely { $low } to { $high }%
insight-small = Few records
insight-so-far = so far
insight-table = Show the figures as a table
insight-month = Month
insight-week = Week from
insight-value = Value
insight-counted = Counted
insight-print = Print
insight-signal = signal
insight-no-signal = no signal
insight-signals = Signal
insight-summary-median =
    { $n ->
        [one] { $n } point, median { $centre }, { $said }
       *[other] { $n } points, median { $centre }, { $said }
    }
insight-summary-mean =
    { $n ->
        [one] { $n } point, mean { $centre }, { $said }
       *[other] { $n } points, mean { $centre }, { $said }
    }
insight-key-median = Median
insight-key-mean = Mean
insight-key-limits = Limits
insight-key-diamond = Part of a signal: a run, or the time since it began
insight-key-triangle = Signal: outside the limits, or more than the baseline explains
sign-outside = outside the limits
sign-shift = part of a shift
sign-trend = part of a trend
sign-near-limit = near a limit with others
note-mostly-on-centre = { $on } of { $of } points are on the median, so a run chart shows nothing here.
note-too-few = { $have } periods are over; the rule needs { $need }. Read it as a list, not as a trend.
note-trial-limits = Limits from { $n } points are trial limits.
note-crosses-seldom = Something changed: the line crosses the middle { $n } times; at least { $least } would be expected by chance.
measure-observations-done = Observations done, of those due
measure-pass-rate = Standards met in practice
measure-days-to-close = Days to finish coaching
measure-recurrence = Happened again after an action
measure-medication-deviations = Medication deviations
measure-avoidable-escalations = Avoidable on-call questions
measure-near-misses = Near misses
measure-complaints = Complaints
measure-handoff-complete = Complete handoffs
measure-safety-plan-unknown = Safety plan unknown
measure-task-hours = Hours until a task is done
measure-late-doses = Late doses
measure-omissions = Omitted doses
measure-variances-reported = Variances reported
measure-variance-hours = Hours to the variance report
measure-reconciled = Orders that match
measure-audit-met = Audit items met
measure-confidence = Confidence, rated by supervisors
meaning-observations-done = Observations done by the end of the period, of those your organisation expects of each person who worked there for the whole time. Judged or not. Not counted: records that are withdrawn, those with two versions until one is chosen, what people observed of themselves, and what was observed without the consent that the standard asks for.
meaning-pass-rate = Checks and observations in real practice that met their standard, of those judged. Simulations and work on paper are not counted.
meaning-days-to-close = From opening a coaching cycle to closing it with its evidence; the middle value of each period.
meaning-recurrence = Incidents and near misses of the kind that a closed action was meant to stop, at a site of the reports that it answered, while it is watched; of all.
meaning-medication-deviations = Items not met in medication checks, observations and audits, for each record. Simulations are not counted.
meaning-avoidable-escalations = On-call questions that a good handoff would have answered.
meaning-near-misses = Near misses reported.
meaning-complaints = Complaints logged.
meaning-handoff-complete = Handoffs in which everything was answered, nothing was unknown and nothing missed.
meaning-safety-plan-unknown = Handoffs in which nobody knew the safety plan.
meaning-task-hours = From handing a task on to having it done; the middle value of each period.
meaning-late-doses = Of the doses due in audited records, those given late.
meaning-omissions = Of the doses due in audited records, those not given.
meaning-variances-reported = Of the late and omitted doses in audited records, those reported.
meaning-variance-hours = From noticing to the report, as audits found it; the mean.
meaning-reconciled = Of the orders compared in audits, those the same on order, record and label.
meaning-audit-met = Items met in audits, of those marked.
meaning-confidence = The mean of ratings from 1 (not yet) to 4 (teaches others).
behind-count =
    { $n ->
        [one] The one behind this figure.
       *[other] { $shown } of the { $n } behind this figure.
    }
behind-missed = Not met: { $what }
behind-none = None in { $when }
behind-none-week = None in the week of { $when }
behind-none-months = None from { $from } to { $to }
month-title = Monthly review
month-before = Month before
month-after = Month after
month-leading = Leading: what we do
month-lagging = Lagging: what results
month-nothing = Nothing counted
month-was = Month before: { $what }
month-themes = Themes of the month
month-no-themes = Nothing was reported.
month-no-competency = No area of practice yet
month-incidents = Incidents and near misses
month-repeated = Complained about more than once in three months
month-reviews = Reviews
month-not-reviewed = This month has not been reviewed yet
month-review = Record the review
month-review-send = Save the review
month-reviewed = Review saved
month-role-specific = The standards we looked at are specific to a role
month-validated = They were validated in real practice
month-changed = The outcome changed
hold-title = Does it hold?
hold-rule = "Holds" rules out that the standard is met less than 60% of the time: someone who meets it no more often than that is ever shown as holding in at most 5 of 100 cases. It takes seven of seven re-checks in real practice (more after a miss), by day, evening, night or weekend, and no critical miss. "Came back": two of the newest five missed, or one critical miss in the newest three. "Did not hold": a critical miss before that, after which it can no longer hold. After 90 days without a re-check, nothing is said.
hold-none = No coaching cycle was closed in the last year
hold-none-hint = Closed cycles appear here with the results of their re-checks.
hold-too-early = Too early to say
hold-watch = Missed last time
hold-reverted = Came back
hold-holds = Holds
hold-looks = { $met } of { $n } re-checks in real practice met
hold-compared = Items met: { $before } before coaching, { $after } since closing
hold-missing = Still needed: { $what }
missing-looks =
    { $n ->
        [one] { $n } more re-check in real practice
       *[other] { $n } more re-checks in real practice
    }
missing-days =
    { $n ->
        [one] a re-check { $n } day later
       *[other] a re-check { $n } days later
    }
missing-off-hours = a re-check at night or on a weekend
missing-bands =
    { $n ->
        [one] { $n } other time of day or week
       *[other] { $n } other times of day or week
    }
band-day = day
band-evening = evening
band-night = night
band-weekend = weekend
items-title = Questions you could drop
items-rule = Suggested when a question could be judged at least 72 times and never found anything: then it would find something in fewer than 5 of 100. Critical questions stay. Whoever writes the standard decides.
items-none = No records yet
items-none-hint = Once standards are in use, their questions appear here with what they found.
items-numbers = Found something in { $told } of { $asked } records; in { $unseen } it was not seen or did not apply. Would find something in at most { $most }% of the rest
items-propose = Could be dropped
items-critical = Critical: stays
items-tells = Useful
date-month-year = { $month } { $year }
date-day-month = { $day } { $month }
insight-no-verdict = not judged
insight-no-records = No records
insight-key-baseline = Usual before
sign-risen = more went wrong than the baseline explains
insight-summary-baseline =
    { $n ->
        [one] { $n } point, usual before { $centre }, { $said }
       *[other] { $n } points, usual before { $centre }, { $said }
    }
insight-since = More went wrong than the baseline explains since about { $when }.
insight-gaps =
    { $n ->
        [one] No records in one period: { $which }.
       *[other] No records in { $n } periods: { $which }.
    }
why-spread = Run chart around the median (Anhøj rules), because the points spread around it. Where nothing changed, it signals falsely in about one year of twenty.
why-rare = Cumulative sum against the years before (exact CUSUM), because little goes wrong: { $mean } a period. It looks only for more going wrong; where nothing changed, it signals falsely in about one year of twenty.
why-overlap = Drawn, not judged: neighbouring points share observations, so they rise and fall together by themselves.
why-grows = Drawn, not judged: the share grows with every action ever closed. Each action says whether it came back.
why-clustered = Drawn, not judged: most points are on the median, and the answers of one record are alike.
why-too-few = Drawn, not judged: too few periods are over. Read it as a list, not as a trend.
month-signal-rule = Signals are for the newest month that is over. Seven figures are watched: where nothing changed, a signal appears here by chance less than once a year.
hold-lapsed = No recent re-check
hold-shown = Met { $met } of { $n } re-checks in real practice since { $since }; rules out less than { $least }%
measure-simulated-met = Standards met, simulated
measure-paper-met = Standards met on paper
measure-incidents = Incidents
meaning-simulated-met = Practice cases and simulated calls that met their standard, of those judged.
meaning-paper-met = Audits, written cases and reviewed notes that met their standard, of those judged.
meaning-incidents = Incidents that were reported, including missed visits. Near misses and other concerns are not counted. Choose a kind under the measure.
insight-kind = What went wrong
insight-all-kinds = All kinds
insight-ratings =
    { $n ->
        [one] from { $n } rating
       *[other] from { $n } ratings
    }
insight-running = { $period } so far: { $said }. Not part of the trend yet.
insight-running-week = Week from { $period } so far: { $said }. Not part of the trend yet.
hold-did-not = Did not hold
hold-critical = A critical item was missed on { $day }
behind-judged = { $n } of these { $of } were judged: met, or below the standard. The others came to neither.
behind-again = Happened again after an action
behind-complete = Complete
behind-plan-unknown = Safety plan unknown
behind-adds = Counted here: { $x } of { $n }
behind-months = { $from } to { $to }
