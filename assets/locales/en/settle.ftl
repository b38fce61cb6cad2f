# Changes that did not know of each other: put together, in dispute, settled, told.
conflict-title = People say different things here
conflict-text = They changed the same thing without knowing of each other. All of it is kept. Whoever may change the record decides what stands; until then a miss counts as a miss.
conflict-text-settle = They changed the same thing without knowing of each other. All of it is kept. Say what stands; until then a miss counts as a miss.
merged-title = Put together from several changes
merged-text = These people changed different things without knowing of each other. Each change stands; the history says whose is whose.
field-coaching = Coaching: { $item }
history-joins = Brings together what was changed by { $names }
history-settled = Settled what was in dispute
history-unseen = Did not know of the change by { $names }. It is kept here, and the record stays withdrawn.
history-changed = { $field }: { $words }
told-settled = { $name } settled what you had changed
told-withdrawn = { $name } withdrew this record before your change arrived
told-line = { $field }: you said “{ $mine }”. What stands now: “{ $stands }”.
told-read = I have read it
owed-told = Decided about your change
owed-told-settled = Settled by { $name }
owed-told-withdrawn = Withdrawn by { $name }
settle-title = Settle it
settle-what = What stands?
settle-hint = Choose for each point. Nothing is deleted: what was not chosen stays in the history, and whoever wrote it is told, with your reason.
settle-together = Both, one after the other
settle-reason = Why does this stand?
settle-reason-hint = Whoever wrote the other version reads this.
settle-reason-own = Reason
settle-reason-talked = We talked about it
settle-reason-papers = The papers show it
settle-reason-there = I was there and saw it
settle-send = This stands
settle-done = Settled. Whoever wrote it is told.
settle-nothing = There is nothing to settle here
settle-nothing-hint = Somebody else may have settled it just now.
open-in-dispute = Choose what stands for each point.
open-changed = Something has just changed here. Look at it once more.

# What somebody tried to change who may not: kept, shown, without effect.
refused-title = Not counted
refused-hint = Somebody tried to change this who may not. It changed nothing. It is kept, so that everybody can see it.
refused-line = Not counted: { $what } by { $name }
refused-change = a change
refused-other-kind = It was written as something of another kind.
refused-other-site = It was written for another site.
refused-other-person = It was written about somebody else.
refused-not-theirs = Only the person it is about may say this.
refused-own = Nobody decides about what concerns themselves.
refused-unknown = This version does not know what it means.
owed-refused = Somebody tried to change what they may not
owed-refused-by =
    { $n ->
        [one] { $n } change by { $name }, without effect
       *[other] { $n } changes, the last by { $name }, without effect
    }
