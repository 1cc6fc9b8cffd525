//! Word classes in context.
