# Devices, pairing codes, and PINs that are guessed first.
devices-title = Devices
devices-sub = Who is signed in where
devices-mine = Signed in as me
devices-none = No devices listed yet
devices-none-hint = Devices paired from now on appear here.
devices-strange = If you do not recognise a device, tell an administrator now. They can remove it.
devices-it-is-mine = It's mine
devices-codes = Unused pairing codes
devices-all = Everyone's devices
devices-all-hint = Devices paired before this list existed appear once they are removed.
device-here = This device
device-by = Code from { $name }
device-by-server = Code from the server's operator
device-removed = Removed { $when }
owed-paired = A device was paired in your name
pairing-elsewhere = Ask an administrator for the code: { $name } also works at { $sites }.
pairing-administrator = Ask an administrator for the code for { $name }.
pairing-inactive = { $name } is no longer active. Make the person active again to pair a device.
failure-easy-pin = That PIN is easy to guess. Choose six digits without a pattern.
failure-wrong-pin-left =
    { $n ->
        [one] That PIN does not open these records. { $n } try left, then you have to wait.
       *[other] That PIN does not open these records. { $n } tries left, then you have to wait.
    }
failure-last-admin = This is the last administrator. Make someone else an administrator first.
failure-too-many-codes = You have too many unused pairing codes. Use them first, or wait until one expires.
