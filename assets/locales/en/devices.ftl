# Devices, pairing codes, and PINs that are guessed first.
devices-title = Devices
devices-sub = Who is signed in where
devices-mine = Signed in as me
devices-none = Nothing is known about your devices yet
devices-none-hint = Devices paired from now on are listed here.
devices-strange = If you do not know a device, tell an administrator now. They can remove it.
devices-it-is-mine = It's mine
devices-codes = Open pairing codes
devices-all = Everyone's devices
devices-all-hint = Devices paired before this list existed appear when they are removed.
device-here = This device
device-by = Code from { $name }
device-by-server = Code from the server's operator
device-removed = Removed { $when }
owed-paired = A device was paired in your name
pairing-elsewhere = An administrator makes the code: { $name } also works at { $sites }.
pairing-administrator = An administrator makes the code for { $name }.
pairing-inactive = { $name } is no longer active. Switch the person on to pair a device.
failure-easy-pin = That PIN is easy to guess. Choose six digits without a pattern.
failure-wrong-pin-left =
    { $n ->
        [one] That PIN does not open these records. { $n } try left, then you have to wait.
       *[other] That PIN does not open these records. { $n } tries left, then you have to wait.
    }
failure-last-admin = This is the last administrator. Make somebody else an administrator first.
failure-too-many-codes = Too many of your pairing codes are open. Use them first, or wait until one runs out.
