//! Models: what training writes and prediction reads, and how both turn words into features.
//!
//! A model file opens with a line that names it, a format version and a checksum, and is refused where any of
//! these is not what it should be; see [`file`]. Its weights are sparse tables of small integers; see [`Table`].

mod file;
mod hash;
mod network;
mod table;

pub use file::{Kind, chosen, pack, unpack};
pub use hash::{bytes, coarse, feature, join};
pub use network::NetworkModel;
#[cfg(feature = "train")]
pub(crate) use network::{LIMIT, dot};
pub(crate) use network::{MOST, Network, share_out};
pub use table::{Features, Rows, Table, Weight};
