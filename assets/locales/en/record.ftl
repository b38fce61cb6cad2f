# Finished records: list, reading back, review, and next-step tasks.
record-title = Record
record-all = All
record-filter = Kind of record
record-none = No records of this kind yet
record-none-hint = What you finish, and what others at your sites finish, appears here.
record-more = Show more
record-choose = Choose a record
record-choose-hint = It opens here, beside the list.
record-here = Saved on this device
record-returned = It came back with a question
record-withdrawn = Withdrawn. It stays readable, and no longer counts.
record-no-standard = The standard for this record is not on this device yet. These are the answers as they were written.
record-raw = Answers as written
record-coaching = Coaching
record-refresher = Refresher: { $title }
record-look-again = Look again: { $day }
record-facts = Who, where, when
record-by = Written by
record-about = About
record-site = Site
record-happened = Happened
record-recorded = Written down
record-someone = Somebody not known here
record-history = How it came to be
record-proof = Fingerprint
record-proof-hint = Compare these with another copy of the record. They are the numbers of its events; the fingerprint of the whole log is on the sync page.
record-first-event = First event
record-newest-event = Newest event
record-version-seconds = Version { $version } of the standard · filled in { $time }
verdict-met = Met
verdict-critical = Not met: a critical item was missed
verdict-share = Not met: { $met } of { $seen } items met
verdict-nothing-seen = Nothing that counts was seen
verdict-unknown =
    { $n ->
        [one] { $n } answer is unknown
       *[other] { $n } answers are unknown
    }
group-unknown = Unknown
group-said = Answers
group-open = Left open
verb-submitted = Recorded
verb-amended = Changed
verb-withdrawn = Withdrawn
verb-returned = Returned with a question
verb-acknowledged = Acknowledged
verb-reviewed = Reviewed
verb-other = { $verb } (from a newer version)
conflict-title = Two versions of this record
conflict-text = Two people changed it without knowing of each other. Both are kept. Whoever may change it decides what stands.
conflict-text-settle = Two people changed it without knowing of each other. Both are kept. Settle it with a change that says what stands.
conflict-more =
    { $n ->
        [one] { $n } further version is in the history.
       *[other] { $n } further versions are in the history.
    }

act-review = Review it
act-amend = Change it, with a reason
act-rework = Work on it again
act-correct = Correct it
act-settle = Settle it
act-acknowledge = Acknowledge
act-acknowledge-word = A word back
act-acknowledge-hint = This says that you have read it, not that you agree with everything.
act-read-back = Read back and take over
act-read-back-word = What you heard
act-read-back-hint = Say the top risks and open tasks in your own words.
act-acknowledged = Acknowledged.
act-return = Return with a question
act-return-question = Your question
act-return-hint = It goes back to whoever wrote it. The record stays as it is until they answer.
act-returned = Returned.
act-withdraw = Withdraw
act-withdraw-reason = Why?
act-withdraw-hint = It stays readable with your reason, and no longer counts. This cannot be taken back.
act-withdrawn = Withdrawn.
act-words-missing = Write a few words first.

review-title = Review
review-not-now = There is nothing to review here now
review-not-now-hint = Somebody else may have reviewed it, or it was changed.
review-marks = What to look at
review-feedback = Feedback
review-feedback-hint = What was good, what is missing, what to do next time. They read this on their own sign-in.
review-feedback-missing = Write your feedback: the outcome alone does not help.
review-sent = Your review is saved.
review-written = Written { $when }

tasks-none = No open tasks
tasks-none-hint = Tasks from handoffs at your sites appear here.
tasks-ended = Done and cancelled
task-open-for = Open for { $span }
task-done-after = Done after { $span }
task-ended-after = Ended after { $span }
task-late = Overdue
task-act-take = I take it
task-act-done = Done
task-act-assign = Give to someone
task-act-cancel = Not needed
task-taken = It is yours now.
task-assigned-now = Assigned.
task-done-now = Done.
task-cancelled-now = Cancelled.
task-choose = Choose a person.
task-done-word = How did it go?
task-cancel-word = Why is it not needed?
task-open-handoff = Open the handoff
