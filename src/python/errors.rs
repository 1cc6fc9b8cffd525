//! Errors of the core as Python exceptions: one class, whose message names the file and the line.

use crate::Error;
use pyo3::exceptions::{PyException, PyKeyboardInterrupt};
use pyo3::{PyErr, create_exception};

create_exception!(
    sayso,
    SaysoError,
    PyException,
    "What could not be loaded, read or written; the message names the file, the line and what was expected."
);

impl From<Error> for PyErr {
    fn from(error: Error) -> Self {
        if error.is_interrupted() {
            PyKeyboardInterrupt::new_err(())
        } else {
            SaysoError::new_err(error.to_string())
        }
    }
}
