# Finished records: list, view, review, and tasks.
record-title = Record
record-all = All
record-filter = Kind of record
record-none = No records of this kind yet
record-none-hint = What you and others at your sites finish appears here.
record-choose = Choose a record
record-choose-hint = It opens here, beside the list.
record-here = Not sent yet
record-asked = { $name } asked a question
record-waits = Waiting for { $name }’s answer
record-answered = { $name } answered
record-replied = { $name } replied
record-withdrawn = Withdrawn. It can still be read, and no longer counts.
record-no-standard = The standard for this record is not on this device yet. These are the answers as they were entered.
record-raw = Answers as entered
record-coaching = Coaching
record-refresher = Refresher: { $title }
record-look-again = Re-check: { $day }
record-facts = Details
record-by = Recorded by
record-about = About
record-site = Site
record-happened = Happened
record-recorded = Recorded
record-someone = Someone not known here
record-history = History
record-proof = Fingerprint
record-proof-hint = Compare these with another copy of the record. They are the numbers of its events; the fingerprint of the whole log is under Sync and storage.
record-first-event = First event
record-newest-event = Newest event
record-version-seconds = Version { $version } of the standard · filled in { $time }
verdict-met = Met
verdict-critical = Below the standard: a critical item was missed
verdict-share = Below the standard: { $met } of { $seen } met, { $needed }% needed
verdict-critical-unseen = Not judged: a critical item was not seen
verdict-too-little = Not judged: { $n } of { $of } items were not seen
verdict-own = Not judged: they observed themselves
verdict-declined = Not judged: the person supported did not agree to it
verdict-not-judged = Not judged
verdict-nothing-seen = Nothing that counts was seen
verdict-unknown =
    { $n ->
        [one] { $n } answer is unknown
       *[other] { $n } answers are unknown
    }
group-unknown = Unknown
group-said = Answers
group-open = Not answered
verb-submitted = Recorded
verb-amended = Corrected
verb-withdrawn = Withdrawn
verb-returned = Question asked
verb-answered = Question answered
verb-acknowledged = Acknowledged
verb-reviewed = Reviewed
verb-other = { $verb } (from a newer version)

act-review = Review this note
act-amend = Correct this record
act-rework = Revise your note
act-correct = Correct this record
act-settle = Resolve
act-acknowledge = Acknowledge
act-acknowledge-word = Reply
act-acknowledge-hint = This says that you have read it, not that you agree with everything. Whoever recorded it sees your reply.
act-read-back = Read back and take over
act-read-back-word = What did you hear?
act-read-back-hint = Say the top risks and open tasks in your own words.
act-acknowledged = Acknowledged
act-return = Ask a question
act-return-question = Your question
act-return-hint = The person who recorded it gets your question. The record stays as it is until they answer.
act-returned = Question saved
act-answer = Reply
act-answer-word = Your reply
act-answer-hint = Whoever asked sees your reply. The record stays as it is; correct it where it was wrong.
act-reply = Reply
act-reply-hint = They see your reply. The record stays as it is.
act-ask-hint = Whoever recorded it gets your question. The record stays as it is.
act-answered = Reply saved
act-withdraw = Withdraw this record
act-withdraw-reason = Why?
act-withdraw-hint = It can still be read with your reason, and no longer counts. You cannot undo this.
act-withdrawn = Withdrawn
act-words-missing = Write a few words first.

review-title = Review
review-not-now = Nothing to review here now
review-not-now-hint = Someone else may have reviewed it, or it was changed.
review-marks = What to look at
review-feedback = Feedback
review-feedback-hint = What was good, what is missing, what to do next time. They see this when they sign in.
review-feedback-missing = Write your feedback: the result alone does not help.
review-sent = Review saved
review-written = Written { $when }

tasks-none = No open tasks
tasks-none-hint = Tasks from handoffs at your sites appear here.
tasks-ended = Done and cancelled
task-open-for = Open for { $span }
task-done-after = Done after { $span }
task-ended-after = Ended after { $span }
task-late = Overdue
task-act-take = Take this
task-act-done = Mark done
task-act-assign = Reassign
task-act-cancel = Cancel task
task-taken = Assigned to you
task-assigned-now = Task reassigned
task-done-now = Task done
task-cancelled-now = Task cancelled
task-choose = Choose a person.
task-done-word = How did it go?
task-cancel-word = Why is it not needed?
task-open-handoff = Open the handoff
verdict-met-share = Met: { $met } of { $of } met, { $needed }% needed
verdict-unknown-open =
    { $n ->
        [one] Not judged: { $n } answer is unknown
       *[other] Not judged: { $n } answers are unknown
    }
unjudged = Not judged ({ $why })
unjudged-own = own practice
unjudged-declined = no consent
unjudged-critical = critical item not seen
unjudged-unknown = { $n } unknown
unjudged-too-little = { $n } of { $of } not seen
