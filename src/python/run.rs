//! Long work with the interpreter free and Ctrl-C heard.

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

/// Half of the tenth of a second within which Ctrl-C has to be answered.
const POLL: Duration = Duration::from_millis(50);

/// Runs `work` on a thread of its own and waits for it with the interpreter released.
///
/// On Ctrl-C the flag given to `work` is set and the call returns at once; the result of `work` is
/// dropped when it comes. One huge text cannot be stopped half way: the caller need not wait for it.
pub(super) fn interruptible<T: Send + 'static>(
    py: Python<'_>,
    work: impl FnOnce(&AtomicBool) -> T + Send + 'static,
) -> PyResult<T> {
    let stop = Arc::new(AtomicBool::new(false));
    let (send, mut receive) = channel();
    let flag = Arc::clone(&stop);
    std::thread::Builder::new().name("sayso".into()).spawn(move || {
        // Nobody listens any more where the call was interrupted.
        let _ = send.send(work(&flag));
    })?;
    loop {
        let receive = &mut receive;
        match py.detach(move || receive.recv_timeout(POLL)) {
            Ok(result) => return Ok(result),
            Err(RecvTimeoutError::Disconnected) => {
                return Err(PyRuntimeError::new_err("the analysis broke off, which is a fault of sayso"));
            }
            Err(RecvTimeoutError::Timeout) => py.check_signals().inspect_err(|_| {
                stop.store(true, Ordering::Relaxed);
            })?,
        }
    }
}
