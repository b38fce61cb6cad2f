# Today: what there is to do, drafts, begin.
today-title = Today
today-site-shift = { $site } · { $shift }
today-begin = Begin
today-drafts = Drafts ({ $n })
today-draft-complete = Nothing left
today-draft-open =
    { $n ->
        [one] { $n } left
       *[other] { $n } left
    }
today-recent = My recent records
today-no-standards = No standards yet
today-no-standards-ask = Your quality lead or administrator adds them. Then you can begin here.
today-no-standards-add = Standards say what good practice looks like. Begin with the starter set and change it later.
today-add-starters = Add the starter standards
today-starters-added = Starter standards added
quoted = “{ $text }”

owed-title = To do
owed-nothing = Nothing to do right now
owed-nothing-hint = What others need from you appears here.
owed-group = { $title } ({ $n })
owed-show-all = Show all { $n }
owed-returned = Answer a question
owed-review = Review a note
owed-rework = Revise your note
owed-acknowledge = Read and acknowledge
owed-handoff = Take over a handoff
owed-task = Task
owed-look-again = Re-check
owed-look-again-after = After coaching · { $day }
owed-look-again-gone = No longer in the standard: re-check the whole standard
owed-conflict = Two versions of a record
owed-coached = With coaching
owed-conflict-hint = Both are kept. Choose which is right.
owed-heard = Updates for you
heard-accepted = { $name } accepted your note
heard-answered = { $name } replied to you
heard-replied = { $name } wrote
owed-next-duty = Next: { $what }
heard-praise = Praise for you
owed-late =
    { $day ->
        [yesterday] Overdue: due yesterday
       *[other] Overdue: due { $day }
    }
