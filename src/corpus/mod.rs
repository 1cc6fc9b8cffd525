//! Many texts in parallel, order kept. The only home of rayon.

use crate::claim::{Form, Judge, Verdict};
use crate::document::{Document, Record};
use crate::error::{Error, Result};
use crate::factuality::Scale;
use crate::gazetteer::{Gazetteer, Match, Scratch};
use crate::pipeline::Pipeline;
use crate::span::Span;
use rayon::prelude::*;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

mod link;
mod pool;
mod run;

pub use link::{Linked, Linking};
use pool::pool;
pub use run::{Progress, RunOptions, Summary, run};

/// How often the caller is asked whether to go on.
const POLL: Duration = Duration::from_millis(50);

/// Analyses records on `threads` threads (0: one for each core); documents come in the order of the records.
///
/// # Errors
/// [`Error::interrupted`] where `stop` is set before the last document has begun; the flag is
/// looked at between documents.
pub fn analyse(
    pipeline: &Pipeline,
    records: Vec<Record>,
    threads: usize,
    stop: &AtomicBool,
) -> Result<Vec<Document>> {
    let one =
        |record| if stop.load(Relaxed) { Err(Error::interrupted()) } else { Ok(pipeline.analyse(record)) };
    pool(threads)?.install(|| records.into_par_iter().with_max_len(1).map(one).collect())
}

/// How factual events of many texts are, those of each given by their spans, on `threads` threads (0: one for each core);
/// see [`Pipeline::factuality`].
///
/// # Errors
/// [`Error::interrupted`] where `stop` is set before the last text has begun.
pub fn factuality(
    pipeline: &Pipeline,
    texts: &[(String, Vec<Span>)],
    scale: Scale,
    threads: usize,
    stop: &AtomicBool,
) -> Result<Vec<Vec<Option<f32>>>> {
    let one = |(text, spans): &(String, Vec<Span>)| {
        if stop.load(Relaxed) {
            return Err(Error::interrupted());
        }
        Ok(pipeline.factuality(text, &pipeline.blocks(text), spans, scale))
    };
    pool(threads)?.install(|| texts.par_iter().with_max_len(1).map(one).collect())
}

/// Finds names in many texts on `threads` threads (0: one for each core) and makes something of the matches of each,
/// `then`, while its memory is still at hand; results come in the order of the texts.
///
/// # Errors
/// [`Error::interrupted`] where `stop` is set before the last text has begun.
pub fn find<T: AsRef<str> + Sync, R: Send>(
    gazetteer: &Gazetteer,
    texts: &[T],
    threads: usize,
    stop: &AtomicBool,
    then: impl Fn(&Scratch, &[Match]) -> R + Sync,
) -> Result<Vec<R>> {
    let one = |(scratch, found): &mut (Scratch, Vec<Match>), text: &T| {
        if stop.load(Relaxed) {
            return Err(Error::interrupted());
        }
        found.clear();
        gazetteer.find_with(text.as_ref(), scratch, |m| found.push(m));
        Ok(then(scratch, found))
    };
    if threads == 1 {
        let mut memory = Default::default();
        return texts.iter().map(|text| one(&mut memory, text)).collect();
    }
    pool(threads)?.install(|| texts.par_iter().map_init(Default::default, one).collect())
}

/// How texts stand towards claims, on `threads` threads (0: one for each core); verdicts come in the order of the pairs,
/// each or what is wrong with its pair.
///
/// # Errors
/// [`Error::interrupted`] where `stop` is set before the last pair has begun.
pub fn judge(
    judge: &Judge,
    pairs: &[(String, String)],
    form: Option<Form>,
    threads: usize,
    stop: &AtomicBool,
) -> Result<Vec<Result<Verdict>>> {
    let one = |(claim, text): &(String, String)| {
        if stop.load(Relaxed) { Err(Error::interrupted()) } else { Ok(judge.verdict(claim, text, form)) }
    };
    pool(threads)?.install(|| pairs.par_iter().map(one).collect())
}

/// Does `work` on another thread and asks `poll` before and then every 50 ms whether to go on; a
/// "no" sets the flag that `work` is given, for good. `poll` runs on the thread of the caller,
/// where Python looks for signals.
pub fn attended<T: Send>(poll: &mut dyn FnMut() -> bool, work: impl FnOnce(&AtomicBool) -> T + Send) -> T {
    let stop = AtomicBool::new(!poll());
    std::thread::scope(|scope| {
        let (working, done) = channel::<()>();
        let stop = &stop;
        let worker = scope.spawn(move || {
            let _working = working;
            work(stop)
        });
        while done.recv_timeout(POLL) == Err(RecvTimeoutError::Timeout) {
            if !poll() {
                stop.store(true, Relaxed);
            }
        }
        worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}
