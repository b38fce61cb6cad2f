# The app, the server and other devices are not always of the same version.
failure-protocol = This app and the server do not understand each other: one of them is newer. Update the app. What you saved stays here and is sent then.

newer-title = Recorded by a newer version
newer-hint = { $n ->
    [one] One entry from another device is of a form that this version cannot show. It is kept exactly as it was written. Update the app to read it.
   *[other] { $n } entries from other devices are of a form that this version cannot show. They are kept exactly as they were written. Update the app to read them.
}
newer-unread = Unreadable entry
newer-line = As it was written
