# Pairing, the lock screen, and the home-screen installation on iOS.
pair-title = Pair this device
pair-intro = Your administrator gave you a pairing code or a link. It works once.
pair-code = Pairing code
pair-code-hint = Eight letters and digits, upper or lower case.
pair-code-short = The pairing code has eight letters and digits. Check it and enter all of them.
pair-device = Name of this device
pair-device-hint = Your administrator sees it, to tell a lost device from the others.
pair-server-more = Another server
pair-server = Server address
pair-server-hint = Only if your administrator gave you one, like https://care.example
pair-next = Next
pair-cancel = Back to the lock screen
pair-pin-title = Choose a PIN
pair-pin-why = The PIN unlocks the records on this device. Nobody can reset it: if you forget it, this device has to be paired again, and records not sent yet are lost.
pair-pin = Six digits
pair-pin-again = The same six digits again
pair-pin-differs = The two PINs are different. Enter the same six digits in both fields.
pair-finish = Pair this device

lock-title = Who are you?
lock-pin-title = Unlock
lock-hello = Hello, { $name }
lock-pin = PIN
lock-open = Unlock
lock-other = I am someone else
lock-waiting = { $n } not sent since { $when }
lock-add = Add a person to this device
lock-removed = Removed from this organisation
lock-removed-hint = Everything { $name } finished here was handed over to the server. The records and their key are no longer on this device.
lock-removed-unfinished = Handed over unfinished: { $what }. Whoever runs the server can read it there.
lock-removed-not-sent = Begun and not finished, and not sent, because it did not fit: { $what }. It is no longer on this device.
lock-removed-unknown = Whether anything was begun and not finished, and whether it was sent, could not be read.
lock-removed-older = What was begun and not finished was not sent.
left-observations =
    { $n ->
        [one] { $n } observation
       *[other] { $n } observations
    }
left-forms =
    { $n ->
        [one] { $n } form
       *[other] { $n } forms
    }
left-standards =
    { $n ->
        [one] { $n } standard
       *[other] { $n } standards
    }
lock-removed-forget = Remove from this list

ios-title = Put Fieldproof on your home screen first
ios-why = In a browser tab, this phone deletes stored data after seven days without use. From the home screen it keeps your records.
ios-step-share = 1. Tap the Share button of the browser.
ios-step-add = 2. Choose “Add to Home Screen”, then “Add”.
ios-step-open = 3. Open Fieldproof from its icon and pair there.
ios-then = You need a pairing code there: ask your administrator for it.
ios-code = Write down or copy this pairing code: you enter it after opening the icon.
ios-code-until = It works once, and for a short time only: whoever gave it to you sees until when.
ios-code-copy = Copy the code
ios-read = Pair here, for reading only
