# Figures over time, the month for governance, what holds, items that never tell anything.
nav-insight = Insight
insight-title = Insight
insight-pages = Pages
insight-over-time = Over time
insight-measure = Measure
insight-programme = Programme
insight-all-programmes = All programmes
insight-site = Site
insight-all-sites = All sites
insight-competency = Competency
insight-all-competencies = All competencies
insight-narrow = Site, competency, method
insight-grain = One point for each
insight-by-month = Month
insight-by-week = Week
insight-method = How the chart is read
insight-none = Nothing to show yet
insight-nothing-expected = The organisation has not yet said how often practice is observed.
insight-percent = { $n } %
insight-days = { $n } days
insight-hours = { $n } h
insight-of = { $x } of { $n }
insight-in = { $x } in { $n } records
insight-from = from { $n }
insight-interval = likely { $low } to { $high } %
insight-small = Small numbers
insight-so-far = so far
insight-table = The figures as a table
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
insight-key-diamond = Signal: a run, a trend, or near a limit
insight-key-triangle = Signal: outside the limits
sign-outside = outside the limits
sign-shift = part of a shift
sign-trend = part of a trend
sign-near-limit = near a limit with others
note-mostly-on-centre = { $on } of { $of } points lie on the median: a run chart says nothing here. A chart with limits does.
note-too-few = { $have } useful points; the rules need { $need }. Read it as a list, not as a trend.
note-trial-limits = Limits from { $n } points are trial limits.
note-crosses-seldom = The line crosses the centre { $n } times; by chance it would at least { $least } times. Something changed.
method-anhoej = Run chart, Anhøj rules
method-nhs = XmR chart, NHS plot-the-dots rules
method-nhs-screened = XmR chart, screened, NHS plot-the-dots rules
method-p = p chart with limits
method-u = u chart with limits
method-c = c chart with limits
method-p-prime = p′ chart (Laney)
method-u-prime = u′ chart (Laney)
measure-observations-done = Observations done of due
measure-pass-rate = Standards met
measure-days-to-close = Days to finish coaching
measure-recurrence = Happened again after an action
measure-medication-deviations = Medication deviations
measure-avoidable-escalations = Avoidable calls to on-call
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
meaning-observations-done = Of what the organisation expects of each person who worked there for the whole window, what was done by the end of the period.
meaning-pass-rate = Observations, audits and reviewed notes that met their standard, of those judged. Handoffs are not in it.
meaning-days-to-close = From opening a coaching cycle to closing it with its evidence; the middle one of each period.
meaning-recurrence = Incidents and near misses about what a closed action answered, at the same site, while it is watched; of all.
meaning-medication-deviations = Items not met in medication checks, observations and audits, for each record.
meaning-avoidable-escalations = Questions to on-call that a good handoff would have answered.
meaning-near-misses = Near misses reported.
meaning-complaints = Complaints logged.
meaning-handoff-complete = Handoffs in which nothing was unknown and nothing missed.
meaning-safety-plan-unknown = Handoffs in which nobody knew the safety plan.
meaning-task-hours = From handing a task on to having it done; the middle one of each period.
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
behind-missed = Missed: { $what }
behind-none = Nothing is behind this figure
month-title = Month for governance
month-before = Month before
month-after = Month after
month-leading = Leading: what we do
month-lagging = Lagging: what comes of it
month-nothing = Nothing counted
month-was = Month before: { $what }
month-themes = Themes of the month
month-no-themes = Nothing was reported.
month-no-competency = Not yet classified
month-incidents = Incidents and near misses
month-repeated = Complained about more than once in three months
month-reviews = Reviews
month-not-reviewed = This month was not reviewed yet
month-review = Record the review
month-review-send = Save the review
month-reviewed = The review is saved
month-role-specific = The standards we looked at are specific to a role
month-validated = They were validated in real practice
month-changed = The outcome changed
hold-title = Does it hold?
hold-rule = "Holds" means: at least five live re-checks, the newest at least eight weeks after closing, by day, evening, night or weekend in at least three of the four, night or weekend among them, no critical miss, and more likely met than not even at the cautious end. The organisation can set the numbers.
hold-none = No coaching cycle was closed in the last year
hold-none-hint = Closed cycles appear here with what their re-checks say.
hold-too-early = Too early to say
hold-watch = Missed last time
hold-reverted = Came back
hold-holds = Holds
hold-looks = { $met } of { $n } live re-checks met
hold-compared = Items met: { $before } before coaching, { $after } since closing
hold-missing = Still needed: { $what }
missing-looks =
    { $n ->
        [one] { $n } more live re-check
       *[other] { $n } more live re-checks
    }
missing-days =
    { $n ->
        [one] a look { $n } day later
       *[other] a look { $n } days later
    }
missing-off-hours = a look at night or on a weekend
missing-bands =
    { $n ->
        [one] { $n } other time of day or week
       *[other] { $n } other times of day or week
    }
missing-record = a clean record since closing
band-day = day
band-evening = evening
band-night = night
band-weekend = weekend
items-title = Items that never tell anything
items-rule = Proposed for removal where at least 60 records asked it and none found anything. Critical items stay. Whoever writes the standard decides.
items-none = No records yet
items-none-hint = Once standards are in use, their items appear here with what they told.
items-numbers = Told something in { $told } of { $asked }, could not be seen in { $unseen }; would tell in at most { $most } %
items-propose = Propose removal
items-critical = Critical: stays
items-tells = Tells
date-month-year = { $month } { $year }
date-day-month = { $day } { $month }
