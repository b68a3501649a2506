//! `serve`: a preview in the browser, built again whenever something changes.
//!
//! ```text
//! SiteArgs ─ build ─▶ temporary folder ─ files ─▶ browser
//!     ▲                     │ state
//!  watch ◀─ a change        ╰─ events ─▶ browser: load again, or show what went wrong
//! ```

mod events;
mod files;
mod watch;

use std::collections::HashSet;
use std::io::{self, ErrorKind};
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use anyhow::{Context, bail};
use axum::Router;
use axum::routing::get;
use axum::serve::ListenerExt;
use indicatif::ProgressBar;
use tokio::net::TcpListener;
use tokio::sync::watch as state;

use crate::commands::Outcome;
use crate::commands::build::{self, Built, Cache, SiteArgs};
use crate::commands::report::{self, Detail};
use crate::commands::serve::events::State;
use crate::commands::serve::files::{Folder, Names};
use crate::config::Config;
use crate::output::Force;
use crate::render::Haste;
use crate::site::Rules;
use crate::site::urls::Base;

/// What `serve` may be told.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// What the site is made from
    #[command(flatten)]
    pub site: SiteArgs,
    /// The port, instead of the first free one from 8000 on
    #[arg(short, long, value_name = "NUMBER")]
    pub port: Option<u16>,
    /// The address to listen at; `0.0.0.0` lets other devices of your network in
    #[arg(short, long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    pub interface: IpAddr,
    /// The path below which the site is shown, such as /news/, instead of that of the base address
    #[arg(long, value_name = "PATH")]
    pub base_path: Option<String>,
    /// Open the site in the browser
    #[arg(short, long)]
    pub open: bool,
    /// Do not build again when something changes
    #[arg(long)]
    pub no_watch: bool,
}

/// The first port that is tried, and how many after it.
const PORTS: std::ops::Range<u16> = 8000..8100;

/// Runs `serve`, until Ctrl-C.
///
/// # Errors
/// The first build is stopped, the address is not free, or nothing can be watched.
pub fn run(args: &Args) -> anyhow::Result<Outcome> {
    let folder = tempfile::tempdir().context("cannot make a temporary folder")?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .context("cannot start the server")?;
    let served = runtime.block_on(serve(args, &folder.path().join("site")));
    // A build that is under way does not keep anybody waiting.
    runtime.shutdown_background();
    served.map(|()| Outcome::Good)
}

async fn serve(args: &Args, folder: &Path) -> anyhow::Result<()> {
    let listener = listen(args).await?;
    let address = listener.local_addr().context("cannot tell the port")?;
    let preview = Preview::new(args, address, folder)?;
    preview.build()?;
    let url = preview.url.clone();

    let (changes, state) = state::channel(State::Built(0));
    let names = if address.ip().is_loopback() { Names::Own } else { Names::Any };
    let files = Arc::new(Folder::new(folder, &preview.base_path, names));
    let app = Router::new()
        .route(events::ADDRESS, get(move || events::stream(state)))
        .fallback(move |request| files::answer(files, request));
    // What came from standard input cannot be read again.
    let is_fixed = args.no_watch || args.site.exports.iter().any(|path| path.as_os_str() == "-");
    let watcher = if is_fixed { None } else { Some(watch::start(preview, changes)?) };

    eprintln!("The site is at {url} until you press Ctrl-C.");
    if args.open && open::that_detached(&url).is_err() {
        eprintln!("No browser could be opened: type the address into one.");
    }
    // Without this every small answer waits for the browser to confirm the one before.
    let listener = listener.tap_io(|stream| _ = stream.set_nodelay(true));
    tokio::select! {
        served = axum::serve(listener, app) => served.context("the server stopped")?,
        stopped = tokio::signal::ctrl_c() => stopped.context("cannot wait for Ctrl-C")?,
    }
    drop(watcher);
    Ok(())
}

async fn listen(args: &Args) -> anyhow::Result<TcpListener> {
    let bind = |port| TcpListener::bind(SocketAddr::new(args.interface, port));
    if let Some(port) = args.port {
        return bind(port).await.map_err(|error| {
            let told = match error.kind() {
                ErrorKind::AddrNotAvailable => not_own(args.interface),
                _ if port == 0 => "cannot listen".to_owned(),
                _ => format!("cannot listen at port {port}; without --port a free one is taken"),
            };
            anyhow::Error::new(error).context(told)
        });
    }
    for port in PORTS {
        match bind(port).await {
            Err(error) if error.kind() == ErrorKind::AddrInUse => {}
            Err(error) if error.kind() == ErrorKind::AddrNotAvailable => {
                return Err(error).with_context(|| not_own(args.interface));
            }
            bound => return bound.with_context(|| format!("cannot listen at {}", args.interface)),
        }
    }
    bail!("no port from {} on is free; name one with --port", PORTS.start)
}

fn not_own(interface: IpAddr) -> String {
    format!("{interface} is no address of this computer; without --interface only it can look")
}

/// What is built and shown.
#[derive(Debug)]
struct Preview {
    site: SiteArgs,
    folder: PathBuf,
    /// Empty, or like `/news`.
    base_path: String,
    /// Where the site is shown.
    url: String,
    /// What was found and told so far.
    told: Mutex<HashSet<String>>,
    /// What was built before.
    cache: Mutex<Cache>,
}

impl Preview {
    fn new(args: &Args, address: SocketAddr, folder: &Path) -> anyhow::Result<Self> {
        let settings = args.site.config(folder)?.settings;
        let base = match &args.base_path {
            Some(path) => {
                Some(Base::parse(&format!("http://localhost/{}", path.trim_matches('/')))?)
            }
            None => Rules::base(&settings)?,
        };
        let base_path = base.map_or_else(String::new, |base| base.path().to_owned());
        // `0.0.0.0` is an address to listen at, but not one to go to.
        let host = match address.ip().is_unspecified() {
            true => format!("localhost:{}", address.port()),
            false => address.to_string(),
        };
        let url = format!("http://{host}{base_path}/");
        let site = SiteArgs { base_url: Some(url.clone()), ..args.site.clone() };
        Ok(Self {
            site,
            folder: folder.to_owned(),
            base_path,
            url,
            told: Mutex::default(),
            cache: Mutex::default(),
        })
    }

    fn config(&self) -> anyhow::Result<Config> {
        self.site.config(&self.folder)
    }

    /// Builds for the first time, and tells what was found.
    fn build(&self) -> anyhow::Result<()> {
        let (built, seconds) = self.build_quietly(Haste::None)?;
        eprintln!("{}\nBuilt {} files in {seconds:.2} s.", built.summary, built.written.added);
        Ok(())
    }

    /// Builds again, and tells what was found that was not told before. Returns how many files
    /// changed.
    fn rebuild(&self) -> anyhow::Result<usize> {
        let (Built { written, .. }, seconds) = self.build_quietly(Haste::SearchIsLater)?;
        let changed = written.added + written.changed + written.removed;
        if changed > 0 {
            eprintln!("Built again: {changed} files changed in {seconds:.2} s.");
        }
        Ok(changed)
    }

    /// Returns whether the last build left the search index as it was.
    fn is_behind(&self) -> bool {
        self.cache.lock().unwrap_or_else(PoisonError::into_inner).is_search_late()
    }

    /// Brings the search index up to date.
    fn catch_up(&self) {
        if let Err(error) = self.build_quietly(Haste::None) {
            eprintln!("error: {error:#}");
        }
    }

    fn build_quietly(&self, haste: Haste) -> anyhow::Result<(Built, f64)> {
        let start = Instant::now();
        let mut cache = self.cache.lock().unwrap_or_else(PoisonError::into_inner);
        cache.haste = haste;
        let config = self.config()?;
        let mut built = build::build(&config, Force::No, Some(&mut cache), &ProgressBar::hidden())?;
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        built.report.diagnostics.retain(|found| told.insert(found.to_string()));
        report::show(&built.report, Detail::First, &mut io::stderr().lock())?;
        Ok((built, start.elapsed().as_secs_f64()))
    }
}
