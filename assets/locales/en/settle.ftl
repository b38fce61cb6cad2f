# Changes made without knowing of each other: combined, in conflict, resolved, announced.
conflict-title = Two people changed this differently
conflict-text = Neither knew of the other's change. Everything is kept. Someone who may change the record decides which is right; until then a miss counts as a miss.
conflict-text-settle = Neither knew of the other's change. Everything is kept. Choose which is right; until then a miss counts as a miss.
merged-title = Several changes were combined
merged-text = These people changed different things without knowing of each other. Every change is kept; the history shows who changed what.
field-coaching = Coaching: { $item }
field-no-coaching = No coaching
field-nothing = Nothing written
field-as-recorded = When it was recorded
history-coaching-added = Coaching added – { $item }
history-coaching-changed = Coaching changed – { $item }
history-coaching-removed = Coaching removed – { $item }
history-joins = Combined the changes by { $names }
history-settled = Resolved the difference
history-unseen = Made without knowing of the change by { $names }. It is kept here, and the record stays withdrawn.
history-changed = { $field }: { $words }
told-settled = { $name } resolved what you had changed
told-withdrawn = { $name } withdrew this record before your change arrived
told-line = { $field }: you wrote “{ $mine }”. It is now “{ $stands }”.
told-read = Mark as read
owed-told = Decision about your change
owed-told-settled = Resolved by { $name }
owed-told-withdrawn = Withdrawn by { $name }
settle-title = Resolve
settle-what = Which is right?
settle-hint = Choose for each point. Nothing is deleted: what you do not choose stays in the history, and its author is told, with your reason.
settle-together = Both, one after the other
settle-reason = Why is this right?
settle-reason-hint = The author of the other version reads this.
settle-reason-own = Reason
settle-reason-talked = We talked about it
settle-reason-papers = The paperwork confirms it
settle-reason-there = I was there and saw it
settle-send = Keep this
settle-done = Resolved. The author of the other version is told.
settle-nothing = Nothing to resolve here
settle-nothing-hint = Someone else may have just resolved it.
open-in-dispute = Choose which is right for each point.
open-changed = Something has just changed here. Check it once more.

# What somebody tried to change who may not: kept, shown, without effect.
refused-title = Not counted
refused-hint = Someone tried to change this without permission. Nothing was changed. The attempt is kept, so that everyone can see it.
refused-line = Not counted: { $what } by { $name }
refused-change = a change
refused-other-kind = It was recorded as something of another kind.
refused-other-site = It was recorded for another site.
refused-other-person = It was recorded about someone else.
refused-not-theirs = Only the person it is about may say this.
refused-own = Nobody may decide about themselves.
refused-unknown = This version does not know what it means.
owed-refused = Change without permission
owed-refused-by =
    { $n ->
        [one] { $n } change by { $name }, without effect
       *[other] { $n } changes, the last by { $name }, without effect
    }
