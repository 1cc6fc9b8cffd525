//! One test binary: a module a topic.
