# What is followed up: cycles, restrictions, incidents, signals, actions.
follow-title = Follow-up
follow-none = Nothing is followed up yet
follow-none-hint = Coaching cycles, incidents, near misses, restrictions and corrective actions appear here.
follow-open = Open
follow-ended = Ended
follow-cycle = Coaching cycle
follow-restriction = Restriction
follow-incident = Incident
follow-near-miss = Near miss
follow-signal = Signal
follow-action = Corrective action
follow-improvement = Improvement
follow-assessment = Self-assessment
follow-governance = Governance review
follow-to-classify = To classify
follow-classified = Classified
follow-state-open = Open
follow-carried-out = Carried out
follow-unproven = Closed without its evidence
follow-lifted = Lifted
follow-closed = Closed
follow-stopped = Stopped
follow-ended-already = It has ended already. Look at its history.
follow-high-risk = A high-risk action needs at least one live re-check. Ask for one.
follow-dates = The new date must be after the old one.
follow-evidence = Evidence
follow-slipped = The newest check was not met: one more is needed
follow-answers = What it answers
follow-expected = Expected practice
follow-why = Why
follow-gap = Kind of gap
follow-competency = Competency
follow-owner = Owner
follow-note = In your words
follow-write = Save
follow-written = Saved
follow-extend = Extend by a week
follow-close = Close
follow-stop = Stop without evidence
follow-classify = Classify
want-validations =
    { $n ->
        [one] { $n } more check that is met
       *[other] { $n } more checks that are met
    }
want-live = { $n } in real practice
want-notes =
    { $n ->
        [one] { $n } more note that meets the standard
       *[other] { $n } more notes that meet the standard
    }
want-confirmations =
    { $n ->
        [one] { $n } more confirmed choice
       *[other] { $n } more confirmed choices
    }
want-nothing = All the evidence that was asked for is there.
want-still = Still needed: { $what }
want-before = Before that: { $what }
want-still-open =
    { $n ->
        [one] One cycle or restriction that this action opened is still open. Close it first.
       *[other] { $n } cycles or restrictions that this action opened are still open. Close them first.
    }
cycle-not-met = Not met: { $item }
cycle-deviation = { $deviation } (not met: { $item })
evidence-counts = Counts
evidence-failed = Does not count
evidence-count = Count this observation
evidence-counted = Seen again, counted as evidence
gap-knowledge = Knowledge
gap-workflow = Workflow
gap-accountability = Accountability
gap-hint = Only a knowledge gap is solved by training.
category-abuse-verbal = Abuse, verbal
category-abuse-physical = Abuse, physical
category-abuse-sexual = Abuse, sexual
category-abuse-psychological = Abuse, psychological
category-abuse-emotional = Abuse, emotional
category-neglect = Neglect
category-exploitation = Exploitation, also of money
category-restraint = Misuse of restraint or seclusion
category-medication = Medication
category-death = Unexplained death
category-fall = Fall
category-escalation = Escalated too late
category-handoff = Handoff
category-missed-visit = Missed visit
category-documentation = Documentation
category-equipment = Equipment
category-other = Something else
outcome-poison-control = Poison control was called
outcome-emergency = Emergency department
outcome-urgent-care = Urgent care
outcome-hospital = Hospital
outcome-death = Death
outcome-injury = Injury
source-audit = Documentation audit
source-theme = Incident theme
source-partner = Partner feedback
source-complaint = Complaint
source-on-call = Question to on-call
action-kind = Kind of action
action-retraining = Retraining
action-workflow = Change of workflow
action-supervision = Supervision
action-staffing = Staffing
action-equipment = Equipment
action-misses = Training alone does not answer this gap
action-misses-hint = The way of working, or who answers for it, has to change too. Add an action for that.
work-notified = Authority told
work-investigation = Investigation begun
work-resolved = Resolved
work-tracked = Followed up
stage-plan = Plan
stage-do = Do
stage-study = Study
stage-act = Act
session-coaching = Log coaching
session-confirmed = Choice confirmed
session-not-confirmed = Choice not confirmed
session-learning = Microlearning
session-reflection = Reflection
step-opened = Opened
step-evidence = Evidence added
step-extended = Extended
step-closed = Closed
step-reviewed = Reviewed
step-reported = Reported
step-updated = Updated
improvement-aim = Aim
improvement-measure = Measure
cycle-title = Open a coaching cycle
cycle-hint = Two weeks: coach, check again, close with evidence.
cycle-weakness = What was seen
cycle-checks = Checks that must be met
cycle-checks-hint = At least one of them in real practice.
cycle-notes = Notes that must meet the standard
cycle-open = Open the cycle
report-title = Report an incident
report-kind = What was it?
report-category = Category
report-source = Source
report-happened = Happened
report-words = What happened
report-words-hint = What was seen and done. No names of people supported.
report-outcomes = What it led to
report-no-site = Choose a site
report-send = Report
report-reportable = This must be reported outside
report-reportable-hint = Tell your supervisor now; the authority's clock has begun.
report-reportable-hint-lead = The authority's clock has begun. Write it down here once they were told.
owed-follow-cycle = Coaching cycles
owed-follow-restriction = Restrictions
owed-follow-report = Reports to classify
owed-follow-action = Corrective actions
owed-observe = To observe
owed-recheck = Does it hold?
restrict-title = Place a restriction
restrict-hint = Time-limited: reviewed every week, lifted with a live check.
restrict-duties = What they do not do meanwhile
restrict-standard = Re-checked by this standard
restrict-standard-none = Choose a standard
restrict-words-missing = Write what they do not do, and why.
restrict-standard-missing = Choose the standard of the re-check.
action-title = Open a corrective action
action-what = What will change
action-owner-none = Choose an owner
action-high-risk = High risk
action-high-risk-hint = Closes only after a live re-check.
gap-missing = Choose the kind of gap.
