# Beginning and filling an observation: read standing, with one thumb.
begin-no-standard = No standard for this yet
begin-no-standard-hint = Your quality lead publishes standards. They arrive here by themselves.
begin-no-standard-office = Publish a standard, or the starter set, and everyone can begin.
begin-standard = Which standard?
begin-now = Begin
begin-new = Begin a new one
begin-choose-site = Choose the site first.
begin-no-site = You have no site yet. Ask your administrator to add you to one.
begin-draft =
    { $open ->
        [0] { $title } · nothing open · { $when }
        [one] { $title } · { $open } still open · { $when }
       *[other] { $title } · { $open } still open · { $when }
    }
begin-nobody = Nobody at this site yet
begin-nobody-hint = People appear here when your administrator adds them to the site.
begin-search = Search by name
begin-found =
    { $n ->
        [one] { $n } person
       *[other] { $n } people
    }
begin-none-found = Nobody of that name here. Check the spelling, or choose another site.
begin-self = { $name } (you)
begin-last = Last: { $title }, { $day }
begin-never = Not observed yet

capture-opening = Opening…
capture-gone = This draft is not here any more
capture-gone-hint = It was finished or discarded. What was finished is among the records.
capture-site = Which site?
capture-who = Who is it about?
capture-nobody-chosen = Choose a person
capture-critical = Critical
capture-optional = Optional
capture-clear = Take the answer back
capture-good = What good looks like
capture-deviations = What was it?
capture-coach-now = Coach now
capture-coaching-change = Change the coaching
capture-coached = Coaching is kept.
capture-coached-again = Coaching is kept. Look again: { $day }
capture-choice-note = Say more
capture-find-out = Nobody knows this yet. Who will find out, and by when?
capture-find-out-who = Who will find out?
capture-find-out-when = By when?
capture-find-out-task = Find out: { $item }
capture-find-out-added = This is now one of the next-step tasks.
capture-nobody-yet = Nobody yet
capture-due-hour = In 1 hour
capture-due-shift = End of shift, { $time }
capture-due-tomorrow = Tomorrow 09:00
capture-due-other = Another time
capture-due-at = Day and time
capture-tasks = Next-step tasks
capture-no-tasks = No tasks yet. If nothing is left to do, leave it so.
capture-unowned =
    { $n ->
        [one] { $n } task has no owner yet.
       *[other] { $n } tasks have no owner yet.
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
        [one] { $n } letter left
       *[other] { $n } letters left
    }
capture-between = Write a number from { $min } to { $max }.
capture-at-least = Write a number of { $min } or more.
capture-at-most = Write a number of { $max } or less.
capture-limits = from { $min } to { $max }
capture-not-a-number = This is not a number. Use digits, like 37.5.
capture-consent = Does the person supported agree to you watching?
capture-consent-short = Consent
capture-setting = Is this real practice or a simulation?
capture-consent-hint = Ask them in the way that works for them. A no needs no reason.
capture-never-a-name = Their name is never written here.
capture-declined-title = Stop watching personal care now
capture-declined-text = You can finish this as declined, with the rest marked as not seen, or discard it. What you did not watch is not held against anyone.
capture-rest-not-seen = Mark the rest as not seen
capture-discard = Discard this draft
capture-discard-title = Discard this draft?
capture-discard-text = Everything filled in here is removed from this device. Finished records are not touched.
capture-discard-yes = Discard
capture-discarded = The draft is discarded.
capture-feedback = Feedback
capture-reason = What changed, and why?
capture-reason-hint = The first version stays readable beside this one.
capture-case = The case
capture-after = Shift, time and note
capture-shift = Shift
capture-earlier = It happened earlier
capture-earlier-hint = Both times are kept: when it happened, and when you wrote it down.
capture-happened = When did it happen?
capture-happened-ahead = This lies ahead. Choose a time that has passed.
capture-two-times = Happened { $happened } · written down { $recorded }
capture-note = Note
capture-note-hint = Anything else. No names of people supported.
capture-about = About this form
capture-version = Version { $version } of the standard.
capture-timing-told = Kept with the record: how long filling took, in all and for each item. It shows where a form is too long. It is not used to compare people.
capture-timer = Time spent
capture-progress = Answered items
capture-progress-words = { $done } of { $of }
capture-list = All items
capture-list-short = List
capture-previous = Back
capture-next = Next
capture-saves = Every change is saved as you go
capture-saving = Saving…
capture-saved = Saved { $time }
capture-save-again = It is tried again until it works; keep this page open.
capture-finish = Finish
capture-finish-open = Finish · { $n } still open
capture-hand-over = Hand over
capture-hand-over-open = Hand over · { $n } still open
capture-open-points =
    { $n ->
        [one] { $n } thing still open
       *[other] { $n } things still open
    }
stand-open = Not answered yet
stand-optional = Optional
stand-answered = Answered
stand-unsure = Unknown
stand-unowned = One has no owner yet
stand-wrong = Check this

coach-title = Coach now
coach-good = What good looks like
coach-said = What you said
coach-said-hint = What you showed, and what you both agreed
coach-refresher = Refresher
coach-refresher-minutes = { $title } · { $n } min
coach-refresher-none = None
coach-refresher-all =
    { $n ->
        [one] { $n } more refresher
       *[other] { $n } more refreshers
    }
coach-refresher-read = Read the refresher
coach-look-again = Look again
coach-next-visit = Next visit
coach-three-days = In 3 days
coach-week = In a week
coach-other-day = Another day
coach-day = Which day?
coach-look-again-says = Today reminds you on { $day }
coach-acknowledge = { $name } can acknowledge this on their own sign-in.
coach-acknowledge-they = They can acknowledge this on their own sign-in.
coach-keep = Keep coaching
coach-remove = Remove this coaching

done-title = Finished
done-saved = Saved on this device
done-saved-text = It is sent by itself when there is signal. Nothing more to do.
done-misses =
    { $n ->
        [one] { $n } item was not met.
       *[other] { $n } items were not met.
    }
done-uncoached = A miss has no coaching yet.
done-evidence = Counted for: { $what }. { $setting }.
done-open-cycle = Open it
done-coach = Add coaching
done-coaching-reason = Coaching added
done-review = A supervisor answers within 24 hours. You will see it on Today.
done-next-person = Next person
done-open-record = Read it back
begin-whole-site = The site as a whole
