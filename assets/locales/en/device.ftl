# What binds the records to this device, and what to do when it is gone.
failure-device-key-gone = This device has lost its part of the key, so no PIN opens the records that are kept here. It happens when a part of the browser's data was cleared, or when the app came from a backup or another device. Pair this device again with a new code: what was sent comes back, what was not sent is lost.
failure-key-store-away = The key store of this device does not answer, and without it no PIN opens the records. Unlock the device's key store (keyring, keychain), then try again. Nothing is lost.
lock-pair-again = Pair this device again
key-place-system = The key of these records is bound to this device: its part lies in the key store of the system.
key-place-browser = The key of these records is bound to this browser: its part is a key that no page can read. Whoever copies the browser's whole folder copies it, too.
key-place-file = The key of these records is bound to this device by a file only this user can read, because the system has no key store. Whoever copies that file, too, has only the PIN to guess.
key-place-pin-alone = Only the PIN protects the key of these records: the key store of this device could not be used. It is tried again at the next unlock.
