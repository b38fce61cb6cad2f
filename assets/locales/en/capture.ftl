# Beginning and filling an observation: read standing, with one thumb.
begin-no-standard = No standard for this yet
begin-no-standard-hint = Your quality lead publishes standards. They arrive here by themselves.
begin-no-standard-office = Publish a standard, or the starter set, so that everyone can begin.
begin-standard = Which standard?
begin-now = Begin
begin-new = Begin a new one
begin-choose-site = Choose the site first.
begin-no-site = You have no site yet. Ask your administrator to add you to one.
begin-draft =
    { $open ->
        [0] { $title } · nothing left · { $when }
       *[other] { $title } · { $open } left · { $when }
    }
begin-nobody = No one at this site yet
begin-nobody-hint = People appear here when your administrator adds them to the site.
begin-search = Search by name
begin-found =
    { $n ->
        [one] { $n } person
       *[other] { $n } people
    }
begin-none-found = No one with that name here. Check the spelling, or choose another site.
begin-last = Last: { $title } · { $day }
begin-never = Not observed yet

capture-opening = Opening…
capture-gone = This draft is no longer here
capture-gone-hint = It was finished or discarded. If it was finished, it is under Records.
capture-site = Which site?
capture-who = Who is it about?
capture-nobody-chosen = Choose a person
capture-critical = Critical
capture-optional = Optional
capture-clear = Clear the answer
capture-good = What good looks like
capture-deviations = What went wrong?
capture-coach-now = Coach now
capture-coaching-change = Change the coaching
capture-coached = Coaching saved
capture-coached-again = Coaching saved · Re-check: { $day }
capture-choice-note = Describe
capture-find-out = Nobody knows this yet. Who will find out, and by when?
capture-find-out-who = Who will find out?
capture-find-out-when = By when?
capture-find-out-task = Find out: { $item }
capture-find-out-added = Added to the tasks.
capture-nobody-yet = Unassigned
capture-due-hour = In 1 hour
capture-due-shift = End of shift, { $time }
capture-due-tomorrow = Tomorrow 09:00
capture-due-other = Another time
capture-due-at = Day and time
capture-tasks = Tasks
capture-no-tasks = No tasks yet. Leave it like this if there is nothing to do.
capture-unowned =
    { $n ->
        [one] { $n } task is unassigned.
       *[other] { $n } tasks are unassigned.
    }
capture-add-task = Add a task
capture-task-n = Task { $n }
capture-remove = Remove
capture-remove-task = Remove task { $n }
capture-task-who = Who does it?
capture-task-when = By when?
capture-task-by = By { $when }
capture-code = Code of the person supported
capture-code-hint = Your site’s own code, never a name.
capture-letters-left =
    { $n ->
        [one] { $n } character left
       *[other] { $n } characters left
    }
capture-between = Enter a number from { $min } to { $max }.
capture-at-least = Enter a number of { $min } or more.
capture-at-most = Enter a number of { $max } or less.
capture-limits = from { $min } to { $max }
capture-not-a-number = That is not a number. Use digits, like 37.5.
capture-consent = Does the person supported agree to being observed?
capture-consent-short = Consent
capture-setting = Is this real practice or a simulation?
capture-consent-hint = Ask them in the way that works for them. A no needs no reason.
capture-never-a-name = Their name is never written here.
capture-declined-title = Stop observing personal care now
capture-declined-text = Finish this as declined, with the rest marked as not seen, or discard it. What you did not see counts against no one.
capture-rest-not-seen = Mark the rest as not seen
capture-discard = Discard this draft
capture-discard-title = Discard this draft?
capture-discard-text = Everything filled in here is deleted from this device. Finished records are not affected.
capture-discard-yes = Discard
capture-discarded = Draft discarded
capture-feedback = Feedback
capture-reason = What changed, and why?
capture-reason-hint = The first version can still be read beside this one.
capture-case = The case
capture-after = Shift, time and note
capture-shift = Shift
capture-when = When was this?
capture-when-begun = When I began, { $when }
capture-when-now = Just now
capture-earlier = It happened earlier
capture-earlier-hint = Both times are kept: when it happened and when you recorded it.
capture-happened = When did it happen?
capture-two-times = Happened: { $happened } · Begun here: { $recorded }
capture-note = Note
capture-note-hint = Anything else. No names of people supported.
capture-about = About this form
capture-version = Version { $version } of the standard.
capture-timing-told = How long filling this in took, in all and for each question, is kept with the record. It shows where a form is too long. It is not used to compare people.
capture-timer = Time spent
capture-progress = Answered questions
capture-progress-words = { $done } of { $of }
capture-list = All questions
capture-list-short = All questions
capture-previous = Back
capture-next = Next
capture-saves = Every change is saved as you go
capture-saving = Saving…
capture-saved = Saved { $time }
capture-save-again = The app keeps trying until it works; keep this page open.
capture-finish = Finish
capture-finish-open = Finish · { $n } left
capture-hand-over = Hand over
capture-hand-over-open = Hand over · { $n } left
capture-open-points =
    { $n ->
        [one] { $n } thing left
       *[other] { $n } things left
    }
stand-open = Not answered yet
stand-optional = Optional
stand-answered = Answered
stand-unsure = Unknown
stand-unowned = A task is unassigned
stand-wrong = Check this

coach-title = Coach now
coach-good = What good looks like
coach-said = What did you say?
coach-said-hint = What you showed, and what you agreed.
coach-refresher = Refresher
coach-refresher-minutes = { $title } · { $n } min
coach-refresher-none = None
coach-refresher-all =
    { $n ->
        [one] { $n } more refresher
       *[other] { $n } more refreshers
    }
coach-refresher-read = Read the refresher
coach-look-again = Re-check
coach-next-visit = Next visit
coach-three-days = In 3 days
coach-week = In a week
coach-other-day = Another day
coach-day = Which day?
coach-look-again-says =
    { $day ->
        [today] You'll be reminded today
        [tomorrow] You'll be reminded tomorrow
       *[other] You'll be reminded on { $day }
    }
coach-acknowledge = { $name } can acknowledge this when they sign in.
coach-acknowledge-they = They can acknowledge this when they sign in.
coach-keep = Save coaching
coach-remove = Remove this coaching

done-title = Finished
done-saved = Saved on this device
done-waits = It will send when you have signal.
done-waits-shared = It sends when there is signal while you are unlocked on this device. Others on it cannot send it.
done-sent = Saved and sent
done-sent-text = Nothing more to do.
done-not-sent = Saved on this device, not sent
done-sign-in = It cannot be sent until you sign in again on this device.
done-set-aside = Set aside by the server
done-others-need-you = Something else needs you.
done-others-sign-in = Sign in again before you go on: nothing new is sent until then.
done-others-wait = Other people’s entries on this device are not sent yet.
done-misses =
    { $n ->
        [one] { $n } item was not met.
       *[other] { $n } items were not met.
    }
done-uncoached = A missed item has no coaching yet.
done-evidence = Counted for: { $what }. { $setting }.
done-no-evidence = { $result }: it does not count for: { $what }.
done-open-cycle = Open the cycle
done-coach = Add coaching
done-coaching-reason = Coaching added
done-review = A supervisor should reply within 24 hours. You will see it on Today.
done-next-person = Next person
done-open-record = View record
begin-whole-site = The site as a whole
done-count-own = Nobody is judged by their own observation. One by someone else counts.
done-count-declined = To count, the person supported has to agree to someone watching.
done-count-critical = To count, the critical item has to be seen: observe again.
done-count-unknown = To count, nothing may be unknown: correct this record if you find out, or observe again.
done-count-more = To count, more of the items have to be seen: observe again.
capture-more-than-whole = This is part of “{ $whole }” and cannot be more. Correct one of the two.
coach-removed = Coaching removed.
coach-undo = Undo removal
