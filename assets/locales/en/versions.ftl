# The app, the server and other devices are not always of the same version.
failure-protocol = This app and the server do not understand each other: one of them is newer. Update the app. What you saved stays here and is sent then.

newer-title = Set aside
newer-hint = { $n ->
    [one] One entry from another device is not shown: it was recorded by a newer version of the app, does not read, or was taken back. It is kept exactly as it was written.
   *[other] { $n } entries from other devices are not shown: they were recorded by a newer version of the app, do not read, or were taken back. They are kept exactly as they were written.
}
newer-unread = Unreadable entry
newer-line = As it was written
