//! `sayso-train`: trains the models from treebanks and name corpora.

fn main() -> std::process::ExitCode {
    match sayso::train::command(std::env::args().skip(1).collect()) {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("sayso-train: {error}");
            std::process::ExitCode::FAILURE
        }
    }
}
