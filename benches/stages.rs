//! Measures the stages of a build, and a whole build, on a generated export. On a slow disk fewer
//! samples are taken, so that all of it ends within two minutes.

mod corpus;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Once};

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use indicatif::ProgressBar;
use stillpress::commands::build;
use stillpress::config::{Config, Preview, Settings};
use stillpress::content::surroundings::{ImageFacts, Surroundings, Target};
use stillpress::content::{self, CodeColors, PluginShortcodes, Scripts, Setting};
use stillpress::diagnostics::Location;
use stillpress::export;
use stillpress::media::{self, Library};
use stillpress::model::{Body, Export, PostId, Script};
use stillpress::output::Force;
use stillpress::site::{self, Rules};
use tempfile::TempDir;

/// The program's own: another one would measure something else.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    divan::main();
}

/// Every JSON file read and merged, every body digested.
#[divan::bench(args = [1_000, 10_000], sample_count = 5, max_time = 8)]
fn read(bencher: Bencher<'_, '_>, posts: usize) {
    let folder = corpus(posts);
    let files = std::fs::read_dir(&folder).expect("the corpus was written");
    let about = files.filter_map(|file| file.and_then(|file| file.metadata()).ok());
    let bytes: u64 = about.filter(|about| about.is_file()).map(|about| about.len()).sum();
    bencher.counter(BytesCount::new(bytes)).bench(|| read_export(&folder));
}

/// Bodies made clean HTML, on one thread.
#[divan::bench(sample_count = 5, max_time = 8)]
fn normalize(bencher: Bencher<'_, '_>) {
    let bodies = bodies(&read_export(&corpus(1_000)));
    let bytes: usize = bodies.iter().map(|body| body.text.len()).sum();
    let location = Location::file(&Arc::from("posts.json"));
    let setting = Setting {
        post: PostId(1),
        location: &location,
        language: "en",
        scripts: Scripts::Drop,
        shortcodes: PluginShortcodes::Keep,
        code: CodeColors::Known,
    };
    bencher.counter(BytesCount::new(bytes)).bench(|| {
        for body in &bodies {
            black_box(content::normalize(body, &setting, &Moved));
        }
    });
}

/// Addresses, archives and relations of all records.
#[divan::bench(args = [1_000, 10_000], sample_count = 5, max_time = 8)]
fn graph(bencher: Bencher<'_, '_>, posts: usize) {
    let folder = corpus(posts);
    let config = config(&folder, Path::new("public"));
    let rules = Rules::new(&config.settings).expect("no settings are valid settings");
    let inputs = || {
        let mut export = read_export(&folder);
        let library = library(&mut export, &config.settings);
        (export, library)
    };
    bencher.with_inputs(inputs).bench_values(|(export, library)| {
        let site = site::build(export, &library, &config, &rules);
        (site, library)
    });
}

/// From files to files, into an empty folder.
#[divan::bench(args = [1_000, 10_000], sample_count = 5, max_time = 8)]
fn whole_build(bencher: Bencher<'_, '_>, posts: usize) {
    let folder = corpus(posts);
    bencher.with_inputs(new_folder).bench_values(|output| {
        run(&folder, output.path());
        output
    });
}

/// The same again, when nothing has changed since.
#[divan::bench(args = [1_000, 10_000], sample_count = 5, max_time = 8)]
fn unchanged_build(bencher: Bencher<'_, '_>, posts: usize) {
    let folder = corpus(posts);
    let output = new_folder();
    run(&folder, output.path());
    bencher.bench_local(|| run(&folder, output.path()));
}

fn run(export: &Path, output: &Path) {
    let config = config(export, output);
    build::build(&config, Force::No, None, &ProgressBar::hidden())
        .expect("the corpus can be built");
}

/// Returns the export of `posts` posts, which is written once in a run.
fn corpus(posts: usize) -> PathBuf {
    static SMALL: Once = Once::new();
    static LARGE: Once = Once::new();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("corpus-{posts}"));
    let once = if posts <= 1_000 { &SMALL } else { &LARGE };
    once.call_once(|| corpus::write(&folder, posts));
    folder
}

fn new_folder() -> TempDir {
    tempfile::tempdir().expect("the system has a folder for temporary files")
}

fn config(export: &Path, output: &Path) -> Config {
    Config {
        exports: vec![export.to_owned()],
        output: output.to_owned(),
        preview: Preview::default(),
        settings: Settings::default(),
    }
}

fn read_export(folder: &Path) -> Export {
    export::read(&[folder.to_owned()]).expect("the corpus is a valid export").value
}

fn library(export: &mut Export, settings: &Settings) -> Library {
    media::localize(export, settings).value
}

fn bodies(export: &Export) -> Vec<Body> {
    let places = export.posts.iter().filter_map(|post| post.body.as_ref());
    let read = |place| export::read_body(&export.files, place).expect("nobody changes the corpus");
    places.map(read).collect()
}

/// A site that has everything it is asked for.
struct Moved;

impl Surroundings for Moved {
    fn link(&self, address: &str) -> Target {
        match address.strip_prefix(corpus::HOME) {
            Some(path) => Target::Here(path.to_owned()),
            None => Target::Elsewhere,
        }
    }

    fn file(&self, address: &str) -> Target {
        self.link(address)
    }

    fn image(&self, _address: &str, _id: Option<PostId>) -> Option<ImageFacts> {
        Some(ImageFacts { width: 1024, height: 683 })
    }

    fn language_of(&self, script: Script) -> Option<&str> {
        (script == Script::Tibetan).then_some("bo")
    }
}
