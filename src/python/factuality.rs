//! Factuality of events: of a document that is at hand, and of many texts.

use super::document::Document;
use super::held::Span;
use super::pipeline::string;
use super::run::interruptible;
use crate::factuality::Scale;
use crate::offsets::bytes_of;
use crate::{Error, corpus};
use numpy::{IntoPyArray, PyArray1};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyString;
use std::sync::{Arc, OnceLock};

/// The pipeline with the built-in lists and models: for documents, which do not know the one that they come from.
static BUILT_IN: OnceLock<crate::Pipeline> = OnceLock::new();

fn built_in() -> crate::Result<&'static crate::Pipeline> {
    if let Some(pipeline) = BUILT_IN.get() {
        return Ok(pipeline);
    }
    let pipeline = crate::Pipeline::new(&crate::pipeline::Options::default())?;
    Ok(BUILT_IN.get_or_init(|| pipeline))
}

fn scale_of(name: &str) -> PyResult<Scale> {
    Scale::from_name(name).ok_or_else(|| {
        let names = Scale::NAMES.map(|name| format!("{name:?}")).join(" or ");
        PyValueError::new_err(format!("scale: expected {names}, not {name:?}"))
    })
}

/// What Python gives as a span: an object with `start` and `end`, or a pair.
fn pair(span: &Bound<'_, PyAny>) -> PyResult<(i64, i64, bool)> {
    if let Ok(span) = span.cast::<Span>() {
        let span = span.get();
        return Ok((span.first().into(), span.last().into(), span.in_title()));
    }
    let (start, end) = match span.getattr("start") {
        Ok(start) => (start, span.getattr("end")?),
        Err(_) => (span.get_item(0)?, span.get_item(1)?),
    };
    Ok((start.extract()?, end.extract()?, false))
}

/// The spans in bytes of `text`, each that is none as what is wrong with it.
fn in_bytes(text: &str, spans: &[(i64, i64)]) -> Vec<Result<crate::Span, String>> {
    let count = text.chars().count();
    let inside = |(start, end): (i64, i64)| {
        let (start, end) = (u32::try_from(start).ok()?, u32::try_from(end).ok()?);
        (start < end && end as usize <= count).then_some([start, end])
    };
    let points: Vec<u32> = spans.iter().filter_map(|span| inside(*span)).flatten().collect();
    let bytes = bytes_of(text, &points).unwrap_or_default();
    let mut sound = bytes.chunks_exact(2);
    let wrong = |(start, end): (i64, i64)| {
        format!("expected 0 <= start < end <= {count}, the code points of the text, found {start} and {end}")
    };
    let one = |span: &(i64, i64)| {
        let sound = inside(*span).and_then(|_| sound.next());
        sound.map_or_else(|| Err(wrong(*span)), |at| Ok(crate::Span { start: at[0], end: at[1] }))
    };
    spans.iter().map(one).collect()
}

const NOTHING: &str = "expected a word of a sentence, found none there";

/// The values of the spans of a document; see `Document.factuality`.
pub(super) fn of_document<'py>(
    py: Python<'py>,
    document: &Document,
    spans: &Bound<'py, PyAny>,
    scale: &str,
) -> PyResult<Bound<'py, PyArray1<f32>>> {
    let scale = scale_of(scale)?;
    let doc = &document.0.doc;
    let told = |i: usize, what: &str| PyValueError::new_err(format!("spans[{i}]: {what}"));
    let (mut pairs, mut titles) = (Vec::new(), Vec::new());
    for (i, span) in spans.try_iter()?.enumerate() {
        let span = span?;
        let (start, end, in_title) =
            pair(&span).map_err(|_| told(i, &format!("expected a start and an end, found {span}")))?;
        pairs.push((start, end));
        titles.push(in_title);
    }
    // The analysed string begins with the title where that stands apart.
    let base = (doc.analysed().len() - doc.text().len()) as u32;
    let (of_text, of_title) = (in_bytes(doc.text(), &pairs), in_bytes(doc.heading(), &pairs));
    let mut places = Vec::with_capacity(pairs.len());
    for (i, (text, title)) in of_text.into_iter().zip(of_title).enumerate() {
        let (place, base) = if titles[i] { (title, 0) } else { (text, base) };
        let place = place.map_err(|what| told(i, &what))?;
        places.push(crate::Span { start: place.start + base, end: place.end + base });
    }
    let values = py.detach(|| {
        let pipeline = built_in()?;
        Ok::<_, Error>(pipeline.factuality(doc.analysed(), &doc.blocks, &places, scale))
    })?;
    let values = values.into_iter().enumerate();
    let values = values.map(|(i, value)| value.ok_or_else(|| told(i, NOTHING)));
    Ok(values.collect::<PyResult<Vec<f32>>>()?.into_pyarray(py))
}

/// A text, and the start and the end of each of its events.
pub(super) type Given<'py> = (Bound<'py, PyString>, Vec<(i64, i64)>);

/// The values of the events of many texts; see `Pipeline.factuality`.
pub(super) fn of_texts<'py>(
    py: Python<'py>,
    pipeline: &Arc<crate::Pipeline>,
    texts: Vec<Given<'py>>,
    scale: &str,
    threads: usize,
) -> PyResult<Vec<Vec<Bound<'py, PyAny>>>> {
    let scale = scale_of(scale)?;
    let mut asked = Vec::with_capacity(texts.len());
    let mut wrong = Vec::with_capacity(texts.len());
    for (text, events) in texts {
        let (text, _) = string(&text)?;
        let found = in_bytes(&text, &events);
        let spans = found.iter().map(|span| span.as_ref().copied().unwrap_or_default()).collect();
        wrong.push(found);
        asked.push((text, spans));
    }
    let pipeline = Arc::clone(pipeline);
    let values = interruptible(py, move |stop| corpus::factuality(&pipeline, &asked, scale, threads, stop))??;
    let one = |(value, span): (Option<f32>, Result<crate::Span, String>)| match (span, value) {
        (Err(what), _) => Ok(what.into_pyobject(py)?.into_any()),
        (Ok(_), None) => Ok(NOTHING.into_pyobject(py)?.into_any()),
        // Two places, as they are made; the nearest float of twice the width would show many more.
        (Ok(_), Some(value)) => {
            Ok(((f64::from(value) * 100.0).round() / 100.0).into_pyobject(py)?.into_any())
        }
    };
    let all = values.into_iter().zip(wrong);
    all.map(|(values, spans)| values.into_iter().zip(spans).map(one).collect()).collect()
}
