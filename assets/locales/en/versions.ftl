# The app, the server and other devices are not always of the same version.
failure-protocol = The app and the server are not the same version. Update the app. What you saved stays here and is sent then.

newer-title = Set aside
newer-hint =
    { $n ->
        [one] One entry from another device is not shown: it was recorded by a newer version of the app, cannot be read, or was taken back. It is kept exactly as it was recorded.
       *[other] { $n } entries from other devices are not shown: they were recorded by a newer version of the app, cannot be read, or were taken back. They are kept exactly as they were recorded.
    }
newer-unread = Unreadable entry
newer-line = As recorded
