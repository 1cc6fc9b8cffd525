//! The threads that analyse: a pool of our own that survives a fork.

use crate::error::{Error, Result};
use rayon::{ThreadPool, ThreadPoolBuilder};
use std::sync::{Arc, Mutex};

/// The pool in use: whose process it is, how many threads it has.
static POOL: Mutex<Option<(u32, usize, Arc<ThreadPool>)>> = Mutex::new(None);

/// A pool of `threads` threads of this process. After a fork the threads of the old pool are not
/// there any more, and waiting for them would last for ever.
pub(super) fn pool(threads: usize) -> Result<Arc<ThreadPool>> {
    let threads = match threads {
        0 => std::thread::available_parallelism().map_or(1, usize::from),
        threads => threads,
    };
    let process = std::process::id();
    // Held by somebody else, or by a thread that a fork left behind: a pool of one's own will do.
    let mut kept = POOL.try_lock().ok();
    if let Some(Some((of, with, pool))) = kept.as_deref()
        && (*of, *with) == (process, threads)
    {
        return Ok(pool.clone());
    }
    let pool = ThreadPoolBuilder::new().num_threads(threads).thread_name(|i| format!("sayso-{i}")).build();
    let pool =
        Arc::new(pool.map_err(|error| Error::usage(format!("cannot start {threads} threads: {error}")))?);
    if let Some(kept) = kept.as_deref_mut()
        && let Some((of, _, old)) = kept.replace((process, threads, pool.clone()))
        && of != process
    {
        std::mem::forget(old);
    }
    Ok(pool)
}
