# Today: what I owe, drafts, begin.
today-title = Today
today-site-shift = { $site } · { $shift }
today-begin = Begin
today-drafts = Drafts ({ $n })
today-draft-complete = Nothing open
today-draft-open =
    { $n ->
        [one] { $n } still open
       *[other] { $n } still open
    }
today-recent = What I recorded last
today-no-standards = There are no standards yet
today-no-standards-ask = Your quality lead or administrator adds them. Then you can begin here.
today-no-standards-add = Standards say what good practice looks like. Begin with the starter set and change it later.
today-add-starters = Add the starter standards
today-starters-added = The starter standards are there
record-waiting = Saved here
quoted = “{ $text }”

owed-title = You owe
owed-nothing = Nothing owed right now
owed-nothing-hint = What others need from you appears here.
owed-group = { $title } ({ $n })
owed-show-all = Show all { $n }
owed-returned = Returned to you
owed-review = Review a note
owed-rework = Work on your note again
owed-acknowledge = Read and acknowledge
owed-handoff = Take over a handoff
owed-task = Next-step task
owed-look-again = Look again
owed-look-again-after = After coaching on { $day }
owed-conflict = Two versions of a record
owed-coached = With coaching
owed-conflict-hint = Both are kept. Choose what stands.
owed-heard = What came of it
heard-accepted = { $name } accepted your note
heard-praise = Praise for you
owed-late = Late: due { $day }
