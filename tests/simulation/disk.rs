//! A disk in memory as an SQLite file system: it knows which bytes were synced, can fill up, can
//! stop the machine at any write, and forgets unsynced sectors when the power goes.
//!
//! Invariant: it is registered as the process's default file system, so whatever the product opens
//! in a simulation lies here, device and server alike. What was synced is never lost; of what was
//! not, any 512-byte sector may be.
#![allow(unsafe_code, reason = "SQLite calls a file system through C function pointers")]

use std::collections::BTreeMap;
use std::ffi::{CStr, c_char, c_int, c_void};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, Once, PoisonError};

use rusqlite::ffi;

const SECTOR: usize = 512;
/// Locks in a WAL's shared memory.
const SLOTS: usize = 8;

type Shared = Arc<Mutex<Inner>>;
/// Every disk by its folder.
static DISKS: LazyLock<Mutex<BTreeMap<String, Shared>>> = LazyLock::new(Mutex::default);
static NEXT: AtomicU64 = AtomicU64::new(1);

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The bytes of all files, as they would be found after a clean shutdown.
pub type Image = BTreeMap<String, Vec<u8>>;

#[derive(Clone)]
enum Unsynced {
    Write(usize, Vec<u8>),
    Truncate(usize),
}

#[derive(Default)]
struct File {
    now: Vec<u8>,
    synced: Vec<u8>,
    unsynced: Vec<Unsynced>,
    locks: Locks,
    memory: Vec<Box<[u64]>>,
    /// Per slot: how many share it, and who has it alone.
    slots: [(u32, Option<u64>); SLOTS],
}

#[derive(Default)]
struct Locks {
    shared: u32,
    reserved: Option<u64>,
    pending: Option<u64>,
    exclusive: Option<u64>,
}

#[derive(Default)]
struct Inner {
    files: BTreeMap<String, File>,
    /// The machine stopped: every call fails until it is started again.
    dead: bool,
    /// Handles of an earlier start are dead for ever.
    start: u64,
    /// Writes, syncs, truncations and deletions so far.
    work: u64,
    dies_at: Option<u64>,
    full_at: Option<u64>,
    /// Has no room for one write, and then has again.
    full_once: Option<u64>,
    /// Sabotage: a sync returns at once.
    lies: bool,
}

/// See the module.
#[derive(Clone)]
pub struct Disk {
    pub folder: String,
    inner: Shared,
}

impl Disk {
    /// A disk under a folder's name, with these files on it.
    pub fn new(folder: String, image: &Image) -> Disk {
        register();
        let mut inner = Inner::default();
        for (name, bytes) in image {
            let file = File { now: bytes.clone(), synced: bytes.clone(), ..File::default() };
            inner.files.insert(name.clone(), file);
        }
        let inner = Arc::new(Mutex::new(inner));
        locked(&DISKS).insert(folder.clone(), inner.clone());
        Disk { folder, inner }
    }

    pub fn path(&self, name: &str) -> String {
        format!("{}/{name}", self.folder)
    }

    /// The files as every reader sees them now.
    pub fn image(&self) -> Image {
        locked(&self.inner).files.iter().map(|(name, file)| (name.clone(), file.now.clone())).collect()
    }

    pub fn delete(&self, name: &str) {
        let mut inner = locked(&self.inner);
        for end in ["", "-journal", "-wal", "-shm"] {
            inner.files.remove(&format!("{name}{end}"));
        }
    }

    pub fn is_dead(&self) -> bool {
        locked(&self.inner).dead
    }

    /// Stops the machine now.
    pub fn stop(&self) {
        locked(&self.inner).dead = true;
    }

    /// Stops the machine at the `k`-th piece of work from now.
    pub fn dies_after(&self, k: u64) {
        let mut inner = locked(&self.inner);
        inner.dies_at = Some(inner.work + k.max(1));
    }

    /// Is full from the `k`-th piece of work from now; `None` makes room again.
    pub fn full_after(&self, k: Option<u64>) {
        let mut inner = locked(&self.inner);
        inner.full_at = k.map(|k| inner.work + k.max(1));
    }

    /// Has no room for the `k`-th piece of work from now, and has for the one after it.
    pub fn full_once_after(&self, k: u64) {
        let mut inner = locked(&self.inner);
        inner.full_once = Some(inner.work + k.max(1));
    }

    pub fn is_full(&self) -> bool {
        let inner = locked(&self.inner);
        inner.full_at.is_some_and(|at| inner.work >= at)
    }

    /// Sabotage: from now on a sync does nothing and says that all went well.
    pub fn lie_about_syncs(&self) {
        locked(&self.inner).lies = true;
    }

    /// Starts the machine again. Nothing may hold a connection. With `power` the unsynced sectors
    /// are kept or lost by chance; without it the system outlived the program and has them all.
    pub fn start(&self, power: Option<&mut fastrand::Rng>) {
        let mut inner = locked(&self.inner);
        inner.dead = false;
        inner.dies_at = None;
        inner.start += 1;
        let mut power = power;
        for file in inner.files.values_mut() {
            file.locks = Locks::default();
            file.slots = Default::default();
            file.memory.clear();
            let Some(random) = power.as_deref_mut() else { continue };
            let mut left = std::mem::take(&mut file.synced);
            for unsynced in std::mem::take(&mut file.unsynced) {
                match unsynced {
                    Unsynced::Truncate(size) if random.bool() => left.truncate(size),
                    Unsynced::Truncate(_) => {}
                    Unsynced::Write(at, bytes) => {
                        let mut from = 0;
                        while from < bytes.len() {
                            let until = (((at + from) / SECTOR + 1) * SECTOR - at).min(bytes.len());
                            if random.bool() {
                                put(&mut left, at + from, &bytes[from..until]);
                            }
                            from = until;
                        }
                    }
                }
            }
            file.now.clone_from(&left);
            file.synced = left;
        }
    }

    /// A name that no other disk has.
    pub fn fresh_name() -> String {
        format!("/simulated/{}", NEXT.fetch_add(1, Ordering::Relaxed))
    }

    /// Takes the disk out of the process.
    pub fn unplug(&self) {
        locked(&DISKS).remove(&self.folder);
    }
}

fn put(file: &mut Vec<u8>, at: usize, bytes: &[u8]) {
    if file.len() < at + bytes.len() {
        file.resize(at + bytes.len(), 0);
    }
    file[at..at + bytes.len()].copy_from_slice(bytes);
}

impl Inner {
    /// Counts one piece of work; `false` where the machine stops with it.
    fn works(&mut self) -> bool {
        self.work += 1;
        if self.dies_at.is_some_and(|at| self.work >= at) {
            self.dead = true;
        }
        !self.dead
    }
}

/// What SQLite holds of an open file: its own part first, as C has it.
#[repr(C)]
struct Opened {
    base: ffi::sqlite3_file,
    handle: *mut Handle,
}

struct Handle {
    disk: Shared,
    name: String,
    id: u64,
    start: u64,
    lock: c_int,
    temporary: bool,
}

impl Handle {
    fn with<T>(&self, failed: T, work: impl FnOnce(&mut Inner, &Handle) -> T) -> T {
        let mut inner = locked(&self.disk);
        if inner.dead || inner.start != self.start {
            return failed;
        }
        work(&mut inner, self)
    }

    fn file<'a>(&self, inner: &'a mut Inner) -> &'a mut File {
        inner.files.entry(self.name.clone()).or_default()
    }
}

unsafe fn handle<'a>(file: *mut ffi::sqlite3_file) -> &'a mut Handle {
    // SAFETY: SQLite gives back what `open` filled in, on one thread at a time.
    unsafe { &mut *(*file.cast::<Opened>()).handle }
}

unsafe fn text<'a>(name: *const c_char) -> &'a str {
    // SAFETY: SQLite's file names end in a zero and are UTF-8.
    unsafe { CStr::from_ptr(name) }.to_str().unwrap_or("")
}

/// The disk and the name on it.
fn find(path: &str) -> Option<(Shared, String)> {
    let (folder, name) = path.rsplit_once('/')?;
    Some((locked(&DISKS).get(folder)?.clone(), name.to_owned()))
}

unsafe extern "C" fn open(
    _: *mut ffi::sqlite3_vfs,
    name: ffi::sqlite3_filename,
    file: *mut ffi::sqlite3_file,
    flags: c_int,
    out: *mut c_int,
) -> c_int {
    let opened = file.cast::<Opened>();
    // SAFETY: SQLite gives room for `szOsFile` bytes. Without methods it will not close it.
    unsafe { (*opened).base.pMethods = std::ptr::null() };
    let id = NEXT.fetch_add(1, Ordering::Relaxed);
    let found = if name.is_null() {
        Some((Shared::default(), "temporary".to_owned()))
    } else {
        find(unsafe { text(name) })
    };
    let Some((disk, name_on_disk)) = found else { return ffi::SQLITE_CANTOPEN };
    let start = {
        let mut inner = locked(&disk);
        if inner.dead {
            return ffi::SQLITE_CANTOPEN;
        }
        if flags & ffi::SQLITE_OPEN_CREATE == 0 && !inner.files.contains_key(&name_on_disk) {
            return ffi::SQLITE_CANTOPEN;
        }
        inner.files.entry(name_on_disk.clone()).or_default();
        inner.start
    };
    let temporary = flags & ffi::SQLITE_OPEN_DELETEONCLOSE != 0;
    let handle = Box::new(Handle { disk, name: name_on_disk, id, start, lock: 0, temporary });
    // SAFETY: as above; `close` takes the box back.
    unsafe {
        (*opened).handle = Box::into_raw(handle);
        (*opened).base.pMethods = &raw const METHODS;
        if !out.is_null() {
            *out = flags;
        }
    }
    ffi::SQLITE_OK
}

unsafe extern "C" fn close(file: *mut ffi::sqlite3_file) -> c_int {
    // SAFETY: `open` made this box, and SQLite closes once.
    let handle = unsafe { Box::from_raw((*file.cast::<Opened>()).handle) };
    handle.with((), |inner, handle| {
        if handle.temporary {
            inner.files.remove(&handle.name);
        }
    });
    ffi::SQLITE_OK
}

unsafe extern "C" fn read(file: *mut ffi::sqlite3_file, to: *mut c_void, n: c_int, at: i64) -> c_int {
    let (n, at) = (n as usize, at as usize);
    // SAFETY: SQLite gives `n` bytes of room.
    let to = unsafe { std::slice::from_raw_parts_mut(to.cast::<u8>(), n) };
    unsafe { handle(file) }.with(ffi::SQLITE_IOERR_READ, |inner, handle| {
        let bytes = &handle.file(inner).now;
        let there = bytes.len().saturating_sub(at).min(n);
        if there > 0 {
            to[..there].copy_from_slice(&bytes[at..at + there]);
        }
        to[there..].fill(0);
        if there == n { ffi::SQLITE_OK } else { ffi::SQLITE_IOERR_SHORT_READ }
    })
}

unsafe extern "C" fn write(file: *mut ffi::sqlite3_file, from: *const c_void, n: c_int, at: i64) -> c_int {
    // SAFETY: SQLite gives `n` bytes.
    let bytes = unsafe { std::slice::from_raw_parts(from.cast::<u8>(), n as usize) };
    let at = at as usize;
    unsafe { handle(file) }.with(ffi::SQLITE_IOERR_WRITE, |inner, handle| {
        let alive = inner.works();
        if inner.full_at.is_some_and(|full| inner.work >= full) {
            return ffi::SQLITE_FULL;
        }
        if inner.full_once.is_some_and(|full| inner.work >= full) {
            inner.full_once = None;
            return ffi::SQLITE_FULL;
        }
        // Whoever dies in the middle of a write has written half of it.
        let bytes = if alive { bytes } else { &bytes[..bytes.len() / 2 / SECTOR * SECTOR] };
        let file = handle.file(inner);
        put(&mut file.now, at, bytes);
        file.unsynced.push(Unsynced::Write(at, bytes.to_vec()));
        if alive { ffi::SQLITE_OK } else { ffi::SQLITE_IOERR_WRITE }
    })
}

unsafe extern "C" fn truncate(file: *mut ffi::sqlite3_file, size: i64) -> c_int {
    unsafe { handle(file) }.with(ffi::SQLITE_IOERR_TRUNCATE, |inner, handle| {
        if !inner.works() {
            return ffi::SQLITE_IOERR_TRUNCATE;
        }
        let file = handle.file(inner);
        file.now.truncate(size as usize);
        file.unsynced.push(Unsynced::Truncate(size as usize));
        ffi::SQLITE_OK
    })
}

unsafe extern "C" fn sync(file: *mut ffi::sqlite3_file, _: c_int) -> c_int {
    unsafe { handle(file) }.with(ffi::SQLITE_IOERR_FSYNC, |inner, handle| {
        if !inner.works() {
            return ffi::SQLITE_IOERR_FSYNC;
        }
        if inner.lies {
            return ffi::SQLITE_OK;
        }
        let file = handle.file(inner);
        for unsynced in std::mem::take(&mut file.unsynced) {
            match unsynced {
                Unsynced::Truncate(size) => file.synced.truncate(size),
                Unsynced::Write(at, bytes) => put(&mut file.synced, at, &bytes),
            }
        }
        ffi::SQLITE_OK
    })
}

unsafe extern "C" fn file_size(file: *mut ffi::sqlite3_file, out: *mut i64) -> c_int {
    unsafe { handle(file) }.with(ffi::SQLITE_IOERR_FSTAT, |inner, handle| {
        // SAFETY: SQLite gives room for the answer.
        unsafe { *out = handle.file(inner).now.len() as i64 };
        ffi::SQLITE_OK
    })
}

unsafe extern "C" fn lock(file: *mut ffi::sqlite3_file, wanted: c_int) -> c_int {
    let handle = unsafe { handle(file) };
    let (id, had) = (handle.id, handle.lock);
    if had >= wanted {
        return ffi::SQLITE_OK;
    }
    let other = |held: Option<u64>| held.is_some_and(|held| held != id);
    let done = handle.with(ffi::SQLITE_IOERR_LOCK, |inner, handle| {
        let locks = &mut handle.file(inner).locks;
        if had == ffi::SQLITE_LOCK_NONE {
            if other(locks.pending) || other(locks.exclusive) {
                return ffi::SQLITE_BUSY;
            }
            locks.shared += 1;
        }
        if wanted == ffi::SQLITE_LOCK_RESERVED {
            if other(locks.reserved) {
                return ffi::SQLITE_BUSY;
            }
            locks.reserved = Some(id);
        }
        if wanted == ffi::SQLITE_LOCK_EXCLUSIVE {
            if other(locks.reserved) || other(locks.pending) {
                return ffi::SQLITE_BUSY;
            }
            locks.pending = Some(id);
            if locks.shared > 1 {
                return ffi::SQLITE_BUSY;
            }
            locks.exclusive = Some(id);
        }
        ffi::SQLITE_OK
    });
    if done == ffi::SQLITE_OK {
        handle.lock = wanted;
    }
    done
}

unsafe extern "C" fn unlock(file: *mut ffi::sqlite3_file, wanted: c_int) -> c_int {
    let handle = unsafe { handle(file) };
    let (id, had) = (handle.id, handle.lock);
    if had <= wanted {
        return ffi::SQLITE_OK;
    }
    handle.with((), |inner, handle| {
        let locks = &mut handle.file(inner).locks;
        for held in [&mut locks.reserved, &mut locks.pending, &mut locks.exclusive] {
            if *held == Some(id) {
                *held = None;
            }
        }
        if wanted == ffi::SQLITE_LOCK_NONE {
            locks.shared = locks.shared.saturating_sub(1);
        }
    });
    handle.lock = wanted;
    ffi::SQLITE_OK
}

unsafe extern "C" fn is_reserved(file: *mut ffi::sqlite3_file, out: *mut c_int) -> c_int {
    unsafe { handle(file) }.with(ffi::SQLITE_IOERR_CHECKRESERVEDLOCK, |inner, handle| {
        // SAFETY: SQLite gives room for the answer.
        unsafe { *out = c_int::from(handle.file(inner).locks.reserved.is_some()) };
        ffi::SQLITE_OK
    })
}

unsafe extern "C" fn control(_: *mut ffi::sqlite3_file, _: c_int, _: *mut c_void) -> c_int {
    ffi::SQLITE_NOTFOUND
}

unsafe extern "C" fn sector_size(_: *mut ffi::sqlite3_file) -> c_int {
    4096
}

unsafe extern "C" fn characteristics(_: *mut ffi::sqlite3_file) -> c_int {
    // As on every system that the product runs on: bytes beside a write are not harmed by it.
    ffi::SQLITE_IOCAP_POWERSAFE_OVERWRITE
}

unsafe extern "C" fn memory(
    file: *mut ffi::sqlite3_file,
    region: c_int,
    size: c_int,
    extend: c_int,
    out: *mut *mut c_void,
) -> c_int {
    unsafe { handle(file) }.with(ffi::SQLITE_IOERR_SHMMAP, |inner, handle| {
        let memory = &mut handle.file(inner).memory;
        let region = region as usize;
        while extend != 0 && memory.len() <= region {
            memory.push(vec![0; size as usize / 8].into_boxed_slice());
        }
        let place = memory.get_mut(region).map_or(std::ptr::null_mut(), |memory| memory.as_mut_ptr().cast());
        // SAFETY: SQLite gives room for the answer; the box does not move while the machine runs.
        unsafe { *out = place };
        ffi::SQLITE_OK
    })
}

unsafe extern "C" fn memory_lock(file: *mut ffi::sqlite3_file, at: c_int, n: c_int, flags: c_int) -> c_int {
    unsafe { handle(file) }.with(ffi::SQLITE_IOERR_SHMLOCK, |inner, handle| {
        let id = handle.id;
        let slots = &mut handle.file(inner).slots[at as usize..(at + n) as usize];
        let shared = flags & ffi::SQLITE_SHM_SHARED != 0;
        if flags & ffi::SQLITE_SHM_UNLOCK != 0 {
            for (sharing, alone) in slots {
                if shared {
                    *sharing = sharing.saturating_sub(1);
                } else if *alone == Some(id) {
                    *alone = None;
                }
            }
            return ffi::SQLITE_OK;
        }
        if slots.iter().any(|(sharing, alone)| alone.is_some() || (!shared && *sharing > 0)) {
            return ffi::SQLITE_BUSY;
        }
        for (sharing, alone) in slots {
            if shared {
                *sharing += 1;
            } else {
                *alone = Some(id);
            }
        }
        ffi::SQLITE_OK
    })
}

unsafe extern "C" fn memory_barrier(_: *mut ffi::sqlite3_file) {
    std::sync::atomic::fence(Ordering::SeqCst);
}

unsafe extern "C" fn memory_leave(_: *mut ffi::sqlite3_file, _: c_int) -> c_int {
    // The memory stays for whoever comes next; `Disk::start` empties it as a restart would.
    ffi::SQLITE_OK
}

unsafe extern "C" fn delete(_: *mut ffi::sqlite3_vfs, name: *const c_char, _: c_int) -> c_int {
    let Some((disk, name)) = find(unsafe { text(name) }) else { return ffi::SQLITE_IOERR_DELETE_NOENT };
    let mut inner = locked(&disk);
    if inner.dead || !inner.works() {
        return ffi::SQLITE_IOERR_DELETE;
    }
    match inner.files.remove(&name) {
        Some(_) => ffi::SQLITE_OK,
        None => ffi::SQLITE_IOERR_DELETE_NOENT,
    }
}

unsafe extern "C" fn access(
    _: *mut ffi::sqlite3_vfs,
    name: *const c_char,
    _: c_int,
    out: *mut c_int,
) -> c_int {
    let there =
        find(unsafe { text(name) }).is_some_and(|(disk, name)| locked(&disk).files.contains_key(&name));
    // SAFETY: SQLite gives room for the answer.
    unsafe { *out = c_int::from(there) };
    ffi::SQLITE_OK
}

unsafe extern "C" fn full_path(
    _: *mut ffi::sqlite3_vfs,
    name: *const c_char,
    room: c_int,
    out: *mut c_char,
) -> c_int {
    let bytes = unsafe { CStr::from_ptr(name) }.to_bytes_with_nul();
    if bytes.len() > room as usize {
        return ffi::SQLITE_CANTOPEN;
    }
    // SAFETY: there is room for these bytes.
    unsafe { std::ptr::copy_nonoverlapping(bytes.as_ptr().cast(), out, bytes.len()) };
    ffi::SQLITE_OK
}

unsafe extern "C" fn randomness(_: *mut ffi::sqlite3_vfs, n: c_int, out: *mut c_char) -> c_int {
    // Salts of journals; nothing secret hangs on it here, and nothing that a run does.
    let mut random = fastrand::Rng::with_seed(7);
    // SAFETY: SQLite gives `n` bytes of room.
    random.fill(unsafe { std::slice::from_raw_parts_mut(out.cast::<u8>(), n as usize) });
    n
}

unsafe extern "C" fn sleep(_: *mut ffi::sqlite3_vfs, microseconds: c_int) -> c_int {
    std::thread::yield_now();
    microseconds
}

unsafe extern "C" fn current_time(_: *mut ffi::sqlite3_vfs, out: *mut f64) -> c_int {
    // A Julian day; no statement of the product asks for it.
    // SAFETY: SQLite gives room for the answer.
    unsafe { *out = 2_461_000.5 };
    ffi::SQLITE_OK
}

static METHODS: ffi::sqlite3_io_methods = ffi::sqlite3_io_methods {
    iVersion: 2,
    xClose: Some(close),
    xRead: Some(read),
    xWrite: Some(write),
    xTruncate: Some(truncate),
    xSync: Some(sync),
    xFileSize: Some(file_size),
    xLock: Some(lock),
    xUnlock: Some(unlock),
    xCheckReservedLock: Some(is_reserved),
    xFileControl: Some(control),
    xSectorSize: Some(sector_size),
    xDeviceCharacteristics: Some(characteristics),
    xShmMap: Some(memory),
    xShmLock: Some(memory_lock),
    xShmBarrier: Some(memory_barrier),
    xShmUnmap: Some(memory_leave),
    xFetch: None,
    xUnfetch: None,
};

fn register() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let vfs = Box::new(ffi::sqlite3_vfs {
            iVersion: 1,
            szOsFile: size_of::<Opened>() as c_int,
            mxPathname: 512,
            pNext: std::ptr::null_mut(),
            zName: c"simulated".as_ptr(),
            pAppData: std::ptr::null_mut(),
            xOpen: Some(open),
            xDelete: Some(delete),
            xAccess: Some(access),
            xFullPathname: Some(full_path),
            xDlOpen: None,
            xDlError: None,
            xDlSym: None,
            xDlClose: None,
            xRandomness: Some(randomness),
            xSleep: Some(sleep),
            xCurrentTime: Some(current_time),
            xGetLastError: None,
            xCurrentTimeInt64: None,
            xSetSystemCall: None,
            xGetSystemCall: None,
            xNextSystemCall: None,
        });
        // SAFETY: it lives as long as the process, as SQLite asks.
        let done = unsafe { ffi::sqlite3_vfs_register(Box::into_raw(vfs), 1) };
        assert_eq!(done, ffi::SQLITE_OK, "SQLite takes a file system");
    });
}

impl Disk {
    /// Other files lie on it from now on, all of them synced.
    pub fn replace(&self, image: &Image) {
        let mut inner = locked(&self.inner);
        inner.files.clear();
        for (name, bytes) in image {
            let file = File { now: bytes.clone(), synced: bytes.clone(), ..File::default() };
            inner.files.insert(name.clone(), file);
        }
    }

    /// Takes back what was planned: it neither stops nor fills up.
    pub fn spare(&self) {
        let mut inner = locked(&self.inner);
        inner.dies_at = None;
        inner.full_at = None;
        inner.full_once = None;
    }
}
