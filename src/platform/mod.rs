//! What differs between web, desktop, Android and iOS.
