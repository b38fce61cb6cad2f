# A sentence for every code: what happened, and how to mend it.
failure-locked = This profile is locked. Unlock it with your PIN and try again.
failure-wrong-pin = That PIN does not open these records. Check it and type it again.
failure-too-many-pins =
    { $n ->
        [one] Too many wrong PINs. Wait { $n } second, then try again.
       *[other] Too many wrong PINs. Wait { $n } seconds, then try again.
    }
failure-bad-pin = A PIN has six digits. Type six digits.
failure-code-invalid = This pairing code is wrong, used or too old. Ask your administrator for a new one.
failure-no-signal = The server cannot be reached. What you did is kept here if it says saved. Try again when there is signal.
failure-not-fieldproof = What answered is not a Fieldproof server. Check the address; on public Wi-Fi, sign in to the Wi-Fi first.
failure-server-busy = The server is busy. Try again in a minute.
failure-not-permitted = Your role does not allow this. Ask your administrator.
failure-not-found = This is not on this device. It may have been removed, or has not arrived yet.
failure-disk-full = This device is full and nothing was saved. Free some space, then do it again.
failure-corrupt = The records file on this device cannot be read. Do not delete the app; ask your administrator for help.
failure-too-long = This is too long for one record. Shorten the longest text and try again.
failure-invalid = Something is missing or wrong. Check what you filled in and try again.
failure-newer-version = These records were written by a newer version of the app. Update the app to open them.
failure-internal = Something went wrong in the app. Close it, open it again and try once more.

quarantine-malformed = The server could not read this entry. Record it once more, then mark this one as dealt with.
quarantine-wrong-replica = This entry belongs to another device's log. Tell your administrator.
quarantine-wrong-seq = This entry came out of order. Tell your administrator.
quarantine-wrong-author = This entry names another author than this device's person. Tell your administrator.
quarantine-duplicate-id = The server already has another entry with this number. Record it once more if it is missing.
quarantine-not-permitted = Your role did not allow this when it was written. Ask your administrator, or withdraw it.
quarantine-unknown-site = The site is closed or not known to the server. Choose another site in a correction.
quarantine-unknown-subject = The person is not known to the server. Choose the person again in a correction.
quarantine-invalid-body = Part of this entry is missing or wrong. Correct it and send it again.
quarantine-revoked-device = This was written after the device was removed. Ask your administrator.
quarantine-taken = The people who run the server took this back after it had been shared. Ask your administrator.
quarantine-other = The server kept this apart (reason: { $code }). Update the app or ask your administrator.

open-unanswered = Not answered yet. Choose an answer.
open-out-of-range = The number is outside the limits. Check it.
open-not-allowed = This answer is not one of the choices. Choose again.
open-unknown-item = This answer belongs to no item of this standard. It cannot be sent.
open-no-subject = Nobody is chosen yet. Choose who this is about.
open-no-site = No site is chosen yet. Choose the site.
open-no-consent = Consent is not recorded yet. Choose what the person said.
open-empty-task = Task { $n } has no words. Write it or remove it.
open-no-reason = Say why this is being changed.

class-check = Two-minute check
class-shadow = Shadow observation
class-audit = Audit
class-handoff = Handoff
class-scenario = Scenario note
class-note = Note sample
role-staff = Staff
role-supervisor = Supervisor
role-quality = Quality
role-admin = Administrator
shift-early = Early shift
shift-late = Late shift
shift-night = Night shift
mark-met = Met
mark-not-met = Not met
mark-not-seen = Not seen
mark-not-applicable = Not applicable
mark-unknown = Another answer
consent-given = Agreed
consent-declined = Declined
consent-not-present = Not present
outcome-meets = Meets the standard
outcome-rework = Work on it again
outcome-unknown = Another outcome
state-submitted = Recorded
state-awaiting-review = Awaiting review
state-meets = Meets the standard
state-rework = To work on again
state-returned = Returned
state-acknowledged = Acknowledged
state-withdrawn = Withdrawn
state-conflict = Two versions
task-unowned = Nobody owns this yet
task-assigned = Assigned
task-done = Done
task-cancelled = Cancelled
sent-waiting = Saved on this device
sent-with-server = With the server
sent-needs-you = Needs you
sent-dealt-with = Dealt with
