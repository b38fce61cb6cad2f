//! The command line: reads it, runs the one command, and ends with its code.

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;
use sync_server::commands::{Cli, settings, shown_lines};

fn main() -> ExitCode {
    if let Err(error) = settings::enter() {
        let _ = writeln!(std::io::stderr(), "error: {}", shown_lines(&error.to_string()));
        return ExitCode::FAILURE;
    }
    let cli = Cli::parse();
    let wish = std::env::var("FIELDPROOF_LOG").unwrap_or_else(|_| "info".to_owned());
    let filter = tracing_subscriber::EnvFilter::try_new(&wish).unwrap_or_else(|error| {
        let _ =
            writeln!(std::io::stderr(), "FIELDPROOF_LOG={wish} is not understood ({error}); logging info");
        tracing_subscriber::EnvFilter::new("info")
    });
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(false).init();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let done = match runtime {
        Ok(runtime) => runtime.block_on(cli.run(&mut std::io::stdout())),
        Err(error) => Err(error.into()),
    };
    match done {
        Ok(code) => code,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "error: {}", shown_lines(&error.to_string()));
            ExitCode::FAILURE
        }
    }
}
