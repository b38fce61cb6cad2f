# What binds the records to this device, and what to do when it is gone.
failure-device-key-gone = This device has lost its part of the key, so no PIN opens the records kept here. It happens when part of the browser's data was cleared, or when the app came from a backup or another device. Pair this device again with a new code: what was sent comes back, what was not sent is lost.
failure-key-store-away = The key store of this device does not answer, and without it no PIN opens the records. Unlock the device's key store (keyring, keychain), then try again. Nothing is lost.
lock-pair-again = Pair this device again
key-place-system = Security details: the key to these records is bound to this device. Part of it is in the key store of the system.
key-place-browser = Security details: the key to these records is bound to this browser. Part of it is a key that no page can read; anyone who copies the browser's whole folder copies that, too.
key-place-file = Security details: the key to these records is bound to this device by a file only this user can read, because the system has no key store. Anyone who copies that file as well has only the PIN to guess.
key-place-pin-alone = Security details: only the PIN protects the key to these records, because the key store of this device could not be used. The app tries again at the next unlock.
