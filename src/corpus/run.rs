//! A whole run: reading, analysing and writing, overlapped.

use super::{attended, pool};
use crate::document::{Record, RowError};
use crate::error::{Error, Result};
use crate::io::Reader;
use crate::io::write::{Output, Part};
use crate::pipeline::Pipeline;
use rayon::prelude::*;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::time::Instant;

/// A batch has at most this many documents and, but for one that is longer by itself, bytes of text.
const BATCH: (usize, usize) = (1024, 4 << 20);
/// Documents that are rendered together.
const PART: usize = 64;
/// Batches that wait between two stages of a run.
const AHEAD: usize = 2;

/// How a run is done.
#[derive(Clone, Debug, Default)]
pub struct RunOptions {
    /// Threads that analyse; 0 stands for one for each core.
    pub threads: usize,
    /// Whether the texts go into the output.
    pub text: bool,
    /// Whether the stance vectors go into JSON lines; tables always have them.
    pub vectors: bool,
}

/// How far a run has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Documents analysed.
    pub documents: u64,
    /// Attributions found.
    pub attributions: u64,
    /// Records that could not be read.
    pub errors: u64,
    /// Bytes of text analysed.
    pub bytes: u64,
    /// Bytes of the input files that have been read, packed as they are.
    pub read: u64,
    /// Bytes of all input files.
    pub total: u64,
}

/// What a run has done.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Summary {
    /// Documents written.
    pub documents: u64,
    /// Attributions found.
    pub attributions: u64,
    /// Rows in the errors table.
    pub errors: u64,
    /// Bytes of text analysed.
    pub bytes: u64,
    /// How long it took.
    pub seconds: f64,
}

/// Reads, analyses and writes everything, with the three overlapped and few batches in memory at a time.
///
/// The output is the same for every number of threads. `progress` is called at once and then every
/// 50 ms on the thread of the caller; it returns whether to go on.
///
/// # Errors
/// Where the output cannot be written, before any work where that shows; [`Error::interrupted`]
/// where `progress` said so. In all of these nothing appears under the name of the output.
pub fn run(
    pipeline: &Pipeline,
    reader: Reader,
    out: &Path,
    options: &RunOptions,
    progress: &mut dyn FnMut(Progress) -> bool,
) -> Result<Summary> {
    let start = Instant::now();
    let output = Output::at(out, options.text, options.vectors)?;
    let mut sink = output.create(&reader)?;
    let pool = pool(options.threads)?;
    let counts = Counts::default();
    let (read, total) = (reader.read(), reader.bytes());
    let mut poll = || progress(Progress { read: read.load(Relaxed), total, ..counts.progress() });
    let sink = attended(&mut poll, |stop| {
        std::thread::scope(|scope| {
            let (to_analyse, batches) = sync_channel(AHEAD);
            let (to_write, parts) = sync_channel::<(Vec<Part>, Vec<RowError>)>(AHEAD);
            scope.spawn(move || read_batches(reader, &to_analyse, stop));
            let writer = scope.spawn(move || {
                for (parts, errors) in parts {
                    sink.errors(&errors)?;
                    parts.iter().try_for_each(|part| sink.put(part))?;
                }
                Ok(sink)
            });
            let mut analysed = Ok(());
            for batch in batches {
                let sent = pool
                    .install(|| work(pipeline, &output, batch, stop, &counts))
                    .map(|done| to_write.send(done));
                match sent {
                    Ok(Ok(())) => {}
                    // The writer has gone, and has its reason.
                    Ok(Err(_)) => break,
                    Err(error) => {
                        analysed = Err(error);
                        break;
                    }
                }
            }
            drop(to_write);
            let sink = writer.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            analysed
                .and(sink)
                .and_then(|sink| if stop.load(Relaxed) { Err(Error::interrupted()) } else { Ok(sink) })
        })
    })?;
    sink.finish()?;
    let Progress { documents, attributions, errors, bytes, .. } = counts.progress();
    Ok(Summary { documents, attributions, errors, bytes, seconds: start.elapsed().as_secs_f64() })
}

/// Records and errors that are handled together.
#[derive(Default)]
struct Batch {
    records: Vec<Record>,
    errors: Vec<RowError>,
    bytes: usize,
}

fn read_batches(reader: Reader, to: &SyncSender<Batch>, stop: &AtomicBool) {
    let mut batch = Batch::default();
    for row in reader {
        match row {
            Ok(record) => {
                batch.bytes += record.text.len();
                batch.records.push(record);
            }
            Err(error) => batch.errors.push(error),
        }
        let full = batch.records.len().max(batch.errors.len()) >= BATCH.0 || batch.bytes >= BATCH.1;
        if stop.load(Relaxed) || full && to.send(std::mem::take(&mut batch)).is_err() {
            return;
        }
    }
    // Nobody to take it: whoever went first has the reason.
    let _ = to.send(batch);
}

/// Analyses and renders a batch. A document that makes the pipeline panic is an error of its own:
/// it should not be, and it must not cost a night's work.
fn work(
    pipeline: &Pipeline,
    output: &Output,
    batch: Batch,
    stop: &AtomicBool,
    counts: &Counts,
) -> Result<(Vec<Part>, Vec<RowError>)> {
    let Batch { records, mut errors, .. } = batch;
    let one = |record: Record| {
        if stop.load(Relaxed) {
            return Err(Error::interrupted());
        }
        let (id, bytes) = (record.id.clone(), record.text.len());
        let doc = catch_unwind(AssertUnwindSafe(|| pipeline.analyse(record)));
        if let Ok(doc) = &doc {
            counts.documents.fetch_add(1, Relaxed);
            counts.attributions.fetch_add(doc.attributions.len() as u64, Relaxed);
            counts.bytes.fetch_add(bytes as u64, Relaxed);
        }
        let reason = "the analysis broke off, which is a fault of sayso: please report this text".to_owned();
        Ok(doc.map_err(|_| RowError { file: String::new(), line: 0, id: Some(id), reason }))
    };
    let rows: Vec<_> = records.into_par_iter().with_max_len(1).map(one).collect::<Result<_>>()?;
    let mut docs = Vec::with_capacity(rows.len());
    for row in rows {
        match row {
            Ok(doc) => docs.push(doc),
            Err(error) => errors.push(error),
        }
    }
    counts.errors.fetch_add(errors.len() as u64, Relaxed);
    let parts = docs.par_chunks(PART).map(|docs| output.render(docs)).collect::<Result<_>>()?;
    Ok((parts, errors))
}

#[derive(Default)]
struct Counts {
    documents: AtomicU64,
    attributions: AtomicU64,
    errors: AtomicU64,
    bytes: AtomicU64,
}

impl Counts {
    fn progress(&self) -> Progress {
        Progress {
            documents: self.documents.load(Relaxed),
            attributions: self.attributions.load(Relaxed),
            errors: self.errors.load(Relaxed),
            bytes: self.bytes.load(Relaxed),
            ..Progress::default()
        }
    }
}
