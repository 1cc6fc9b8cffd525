//! Long work with the interpreter free and Ctrl-C heard.

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

/// Half of the tenth of a second within which Ctrl-C has to be answered.
const POLL: Duration = Duration::from_millis(50);

/// Runs `work` on a thread of its own and waits with the interpreter released; `tick` is called every
/// 50 ms in between.
///
/// On Ctrl-C, or when `tick` raises, the flag given to `work` is set. With `finish` the call then waits
/// until `work` has tidied up behind itself; without, it returns at once and the result of `work` is
/// dropped when it comes: one huge text cannot be stopped half way, the caller need not wait for it.
pub(super) fn interruptible<T: Send + 'static>(
    py: Python<'_>,
    finish: bool,
    mut tick: impl FnMut(Python<'_>) -> PyResult<()>,
    work: impl FnOnce(&AtomicBool) -> T + Send + 'static,
) -> PyResult<T> {
    let stop = Arc::new(AtomicBool::new(false));
    let (send, mut receive) = channel();
    let flag = Arc::clone(&stop);
    std::thread::Builder::new().name("sayso".into()).spawn(move || {
        // Nobody listens any more where the call was interrupted.
        let _ = send.send(work(&flag));
    })?;
    let mut raised = None;
    loop {
        let receive = &mut receive;
        match (py.detach(move || receive.recv_timeout(POLL)), raised.take()) {
            (Ok(_), Some(error)) => return Err(error),
            (Ok(result), None) => return Ok(result),
            (Err(RecvTimeoutError::Disconnected), error) => {
                return Err(error.unwrap_or_else(|| PyRuntimeError::new_err("sayso stopped: this is a bug")));
            }
            (Err(RecvTimeoutError::Timeout), Some(error)) => raised = Some(error),
            (Err(RecvTimeoutError::Timeout), None) => {
                if let Err(error) = py.check_signals().and_then(|()| tick(py)) {
                    stop.store(true, Ordering::Relaxed);
                    if !finish {
                        return Err(error);
                    }
                    raised = Some(error);
                }
            }
        }
    }
}
