//! How texts stand towards claims.

use super::pipeline::string;
use super::run::interruptible;
use crate::claim::Form;
use crate::{Error, corpus};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString};
use std::path::PathBuf;
use std::sync::Arc;

/// How a text stands towards a claim.
#[pyclass(frozen, eq, module = "sayso")]
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Stance(crate::claim::Verdict);

#[pymethods]
impl Stance {
    #[new]
    fn new(form: &str, scores: [f64; 4]) -> PyResult<Self> {
        Ok(Self(crate::claim::Verdict { form: form_of(form)?, scores }))
    }

    /// The one with the highest score: "agree", "disagree", "discuss" or "unrelated".
    #[getter]
    fn label(&self) -> &'static str {
        self.0.stance().name()
    }

    /// What speaks for each label, from 0 to 1, together 1.
    #[getter]
    fn scores<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let scores = PyDict::new(py);
        for (stance, score) in crate::claim::Stance::ALL.iter().zip(self.0.scores) {
            scores.set_item(stance.name(), score)?;
        }
        Ok(scores)
    }

    /// What the text was read as, "headline" or "article".
    #[getter]
    fn form(&self) -> &'static str {
        self.0.form.name()
    }

    fn __getnewargs__(&self) -> (&'static str, [f64; 4]) {
        (self.0.form.name(), self.0.scores)
    }

    fn __repr__(&self) -> String {
        let stance = self.0.stance();
        format!("<{stance} {:.2}, as {}>", self.0.scores[stance as usize], self.0.form)
    }
}

fn form_of(name: &str) -> PyResult<Form> {
    Form::from_name(name).ok_or_else(|| {
        PyValueError::new_err(format!("form: expected \"headline\" or \"article\", not {name:?}"))
    })
}

/// The models of stance towards claims.
#[pyclass(frozen, module = "sayso._core")]
pub(super) struct Judge(Arc<crate::claim::Judge>);

/// What a pair gives: its stance, or what is wrong with it.
#[derive(IntoPyObject)]
enum Answer {
    Stance(Stance),
    Fault(String),
}

#[pymethods]
impl Judge {
    #[new]
    #[pyo3(signature = (models = Vec::new()))]
    fn new(py: Python<'_>, models: Vec<PathBuf>) -> PyResult<Self> {
        let judge = py.detach(|| {
            let models = models.into_iter().map(|path| {
                let file = std::fs::read(&path).map_err(|error| Error::file(&path, error))?;
                Ok((path, file))
            });
            crate::claim::Judge::new(&models.collect::<crate::Result<Vec<_>>>()?)
        })?;
        Ok(Self(Arc::new(judge)))
    }

    /// The stance of each text towards its claim, or a string that says what is wrong with the pair.
    #[pyo3(signature = (pairs, form = None, threads = 0))]
    fn judge(
        &self,
        py: Python<'_>,
        pairs: Vec<(Bound<'_, PyString>, Bound<'_, PyString>)>,
        form: Option<&str>,
        threads: usize,
    ) -> PyResult<Vec<Answer>> {
        let form = form.map(form_of).transpose()?;
        let pairs = pairs.iter().map(|(claim, text)| Ok((string(claim)?.0, string(text)?.0)));
        let pairs = pairs.collect::<PyResult<Vec<(String, String)>>>()?;
        let judge = Arc::clone(&self.0);
        let found = interruptible(py, move |stop| corpus::judge(&judge, &pairs, form, threads, stop))??;
        let answer = |found: crate::Result<_>| match found {
            Ok(verdict) => Answer::Stance(Stance(verdict)),
            Err(error) => Answer::Fault(error.to_string()),
        };
        Ok(found.into_iter().map(answer).collect())
    }
}
