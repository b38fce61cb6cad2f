# What is followed up: cycles, restrictions, incidents, other concerns, actions.
follow-title = Follow-up
follow-none = Nothing to follow up yet
follow-none-hint = Coaching cycles, incidents, near misses, restrictions and corrective actions appear here.
follow-open = Open
follow-ended = Ended
follow-cycle = Coaching cycle
follow-restriction = Restriction
follow-incident = Incident
follow-near-miss = Near miss
follow-signal = Other concern
follow-action = Corrective action
follow-improvement = Improvement
follow-assessment = Self-assessment
follow-governance = Monthly review
follow-to-classify = Needs cause
follow-classified = Cause recorded
follow-state-open =
    { $gender ->
       *[m] Open
    }
follow-carried-out = Carried out
follow-not-carried-out = Ended, not carried out
follow-closed-not-met = Closed – { $n } of { $of } not re-validated
follow-unproven =
    { $gender ->
       *[m] Closed without its evidence
    }
follow-lifted = Lifted
follow-closed =
    { $gender ->
       *[m] Closed
    }
follow-stopped =
    { $gender ->
       *[m] Ended early
    }
follow-ended-already = This has already ended. See its history.
follow-high-risk = A high-risk action needs at least one re-check in real practice. Ask for one.
follow-never-live = This standard is never observed in real practice, so nobody could ever show it. Choose another standard for the re-check.
follow-dates = The new date must be after the old one.
follow-evidence = Evidence
follow-slipped = The newest check was not passed: one more is needed
follow-answers = In response to
follow-expected = Expected practice
follow-why = Why
follow-gap = Cause
follow-competency = Area of practice
follow-owner = Owner
follow-note = In your own words
follow-write = Save
follow-written = Saved
follow-extend = Extend by a week
follow-close = Close
follow-stop = End early (no evidence)
action-give-up = End without doing it
action-give-up-hint = Write why it is not carried out. Its cycles and restrictions stay as they are.
follow-classify = Record the cause
follow-reclassify = Change the cause
want-validations =
    { $n ->
        [one] { $n } more passed check
       *[other] { $n } more passed checks
    }
want-live = at least { $n } in real practice
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
want-nothing = All the evidence asked for is there.
want-still = Still needed: { $what }
want-before = Before that: { $what }
follow-still-open = Still open
want-still-open =
    { $n ->
        [one] One cycle or restriction of this action is open, or ended early without its evidence. Close it, or begin another for that person, first.
       *[other] { $n } cycles or restrictions of this action are open, or ended early without their evidence. Close them, or begin another for those people, first.
    }
cycle-not-met = Not met: { $item }
cycle-deviation = { $deviation } (not met: { $item })
evidence-counts = Counts
evidence-failed = Does not count
evidence-count = Count this observation
evidence-counted = Re-checked, counted as evidence
evidence-whole = What counts: an observation that meets the standard as a whole.
evidence-items = What counts: an observation that meets the standard, and in which this was seen and met: { $items }
evidence-gone = No longer in the standard
evidence-gone-hint = { $items }: nobody can see it again. An observation that meets the standard as a whole counts in its place. Decide whether that is enough before you close this.
evidence-which = What has to be seen and met? (optional)
evidence-which-hint = With nothing chosen, an observation that meets the standard as a whole counts.
want-carried-out = Nobody has recorded that this action was carried out. Record that first, or end it as not carried out.
want-was-carried-out = This action was carried out. Close it instead.
want-of-others = This action neither retrained nor restricted that person, so their observation does not count for it.
gap-knowledge = Knowledge
gap-workflow = Workflow
gap-accountability = Accountability
gap-hint = Training helps only when the cause is knowledge.
category-abuse-verbal = Abuse, verbal
category-abuse-physical = Abuse, physical
category-abuse-sexual = Abuse, sexual
category-abuse-psychological = Abuse, psychological
category-abuse-emotional = Abuse, emotional
category-neglect = Neglect
category-exploitation = Exploitation (financial or other)
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
source-on-call = On-call question
action-kind = Kind of action
action-retraining = Retraining
action-workflow = Change of workflow
action-supervision = Supervision
action-staffing = Staffing
action-equipment = Equipment
action-misses = Training alone does not fix this cause
action-misses-hint = The way of working, or who is accountable, has to change as well. Add an action for that.
work-notified = Authority told
work-investigation = Investigation started
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
step-classified = Cause: { $gap }
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
cycle-checks = Checks to pass
cycle-checks-hint = At least one in real practice.
cycle-notes = Notes that must meet the standard
cycle-open = Open the cycle
report-title = Report what happened
report-kind = What are you reporting?
report-category = Category
report-source = Source
report-happened = Happened
report-words = What happened?
report-words-hint = What was seen and done. No names of people supported.
report-outcomes = What it led to
report-no-kind = Choose what you are reporting
report-no-source = Choose where it came from
report-no-category = Choose a category
report-no-practice = Choose the area of practice
report-no-site = Choose a site
report-send = Save report
report-reportable = You must report this to the authority
report-reportable-hint = Tell your supervisor now; the authority's deadline is running.
report-reportable-hint-lead = The authority's deadline is running. Record it here once they have been told.
owed-follow-cycle = Coaching cycles
owed-follow-restriction = Restrictions
owed-follow-report = Reports: next step
owed-follow-action = Corrective actions
owed-observe = To observe
owed-recheck = Does it hold?
restrict-title = Add a restriction
restrict-hint = Time-limited: reviewed every week, lifted after a passed check in real practice.
restrict-duties = What must they not do?
restrict-standard = Re-check by this standard
restrict-standard-none = Choose a standard
restrict-words-missing = Write what they must not do, and why.
restrict-standard-missing = Choose the standard for the re-check.
action-title = Open a corrective action
action-what = What will change?
action-owner-none = Choose an owner
action-high-risk = High risk
action-high-risk-hint = Closes only after a re-check in real practice.
gap-missing = Choose the cause.
step-reassigned = Reassigned
action-reassign = Change owner or date
action-reassign-why = Why?
action-due-day = Due date
action-due-missing = Enter the due date.
action-owner-left = The owner no longer works here
action-owner-left-hint = Choose a new owner.
report-by = Reported by
investigator = Investigator
investigator-none = Choose who investigates
visit-cover-whom = Who covers?
visit-cover-other = Someone else (write who)
visit-cover-missing = Choose or write who covers.
visit-cover-who = { $name } goes
visit-cover-by = Arranged by { $name }
follow-praise = Praise
report-praise = This is praise
report-praise-hint = The person you name will see it. It does not count as something that went wrong.
report-praise-whom = Who is praised?
# Buttons of what is done about a report, a cycle or a note.
log-notified = Mark authority told
log-investigation = Start investigation
log-resolved = Mark resolved
log-tracked = Log follow-up
log-trended = Mark checked for patterns
log-told = Mark supervisor told
log-contacted = Mark person contacted
log-attempt = Record attempt
log-cover = Mark cover arranged
log-missed = Mark visit missed
log-confirmed = Confirm choice
log-review = Log review
log-carried-out = Mark carried out
review-send-back = Send back for changes
review-accept = Accept
