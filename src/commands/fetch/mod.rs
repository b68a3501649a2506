//! `fetch`: saves a running site as an export, which `build` and `doctor` read like any other.

mod answers;
mod client;
mod keeper;

use std::fs;
use std::io::{self, Write as _};
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, bail};

use crate::commands::Outcome;
use crate::commands::api::{self, Api, Permalinks, Route, Source};
use crate::commands::doctor;
use crate::commands::doctor::saving::{self, Names, Save};
use crate::commands::fetch::answers::Answer;
use crate::commands::fetch::client::Client;
use crate::commands::fetch::keeper::Keeper;
use crate::commands::report::{as_far_as_read, counted};

/// What every site has, as far as it shows it. The rest is found by what these tell.
const COLLECTIONS: [&str; 8] =
    ["posts", "pages", "media", "categories", "tags", "users", "comments", "navigation"];

/// How often what was saved is looked at for what it refers to.
const ROUNDS: usize = 6;

/// What `fetch` may be told.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The address of the site's home page, such as `https://news.example/`
    #[arg(value_name = "SITE")]
    pub site: String,
    /// The folder to save into
    #[arg(short, long, value_name = "DIR", default_value = "my-export")]
    pub dir: PathBuf,
    /// Save no pictures and other files of the media library
    #[arg(long)]
    pub no_media: bool,
    /// How long to wait before each question, in milliseconds
    #[arg(long, value_name = "NUMBER", default_value_t = 200)]
    pub pause: u64,
    /// Say nothing but what could not be saved
    #[arg(short, long)]
    pub quiet: bool,
}

/// Runs `fetch`. What the site does not show to everybody is told, and no failure.
///
/// # Errors
/// The address is none, nothing of WordPress answers there, or the folder cannot be written or read.
pub fn run(args: &Args) -> anyhow::Result<Outcome> {
    let home = home(&args.site)?;
    fs::create_dir_all(&args.dir)
        .with_context(|| format!("cannot make the folder {}", args.dir.display()))?;
    let client = Client::new(Duration::from_millis(args.pause));
    let mut keeper = Keeper::new(client, &args.dir, args.quiet);
    let api = save_index(&mut keeper, &home)?;
    let mut names = Names::default();
    for base in ["types", "taxonomies"] {
        keeper.save(&saving::answers(&doctor::once(base), &api, &mut names))?;
    }
    for base in COLLECTIONS {
        keeper.save(&saving::answers(&doctor::all_of(base), &api, &mut names))?;
    }
    for _ in 0..ROUNDS {
        let lacks = doctor::lacks_of(&args.dir)?.into_iter().map(|save| save.asked_at(&home));
        let (files, answers): (Vec<Save>, Vec<Save>) = lacks.partition(Save::is_file);
        let before = keeper.answers();
        answers.iter().try_for_each(|save| keeper.save(save))?;
        // Files last: what else is saved may name more of them.
        if keeper.answers() == before {
            if !args.no_media {
                keeper.save_files(&files);
            }
            break;
        }
    }
    tell(&keeper)?;
    Ok(if keeper.is_complete() { Outcome::Good } else { Outcome::Wanting })
}

/// Returns the address of a home page as people write it.
fn home(site: &str) -> anyhow::Result<String> {
    let site = site.trim();
    let full = if site.contains("://") { site.to_owned() } else { format!("https://{site}") };
    let Some(home) = api::clean(&full) else {
        bail!("`{site}` is no address of a site: write it like https://news.example/");
    };
    Ok(home.trim_end_matches("/wp-admin").to_owned())
}

/// Saves the root index, and returns in which form the site answers.
fn save_index(keeper: &mut Keeper<'_>, home: &str) -> anyhow::Result<Api> {
    let mut reasons = Vec::new();
    // The plain form works nearly everywhere.
    for permalinks in [Permalinks::Plain, Permalinks::Pretty] {
        let api = Api { home: home.to_owned(), source: Source::Export, permalinks };
        let [address, _] = api.addresses(&Route::index());
        match keeper.ask(&address) {
            Ok((Answer::Single, reply)) => {
                keeper.write("index.json", &reply.bytes)?;
                return Ok(api);
            }
            Ok((Answer::Refused(code), _)) => reasons.push(format!("{address}: `{code}`")),
            Ok((_, reply)) => {
                let what = "nothing of the REST API";
                reasons.push(format!("{address}: status {} and {what}", reply.status));
            }
            Err(reason) => reasons.push(format!("{address}: {reason}")),
        }
    }
    bail!(
        "no WordPress answers at {home}:\n  {}\nA plugin may have shut its REST API for visitors. What else helps: the file that WordPress exports \
         itself, under Tools → Export",
        reasons.join("\n  ")
    )
}

/// Tells how much was saved, what was not, and what to do next.
fn tell(keeper: &Keeper<'_>) -> anyhow::Result<()> {
    keeper.told().iter().for_each(|line| eprintln!("{line}"));
    if keeper.is_quiet() {
        return Ok(());
    }
    let answers = counted(keeper.answers(), "answer", "answers");
    let files = counted(keeper.files(), "file", "files");
    let dir = keeper.dir().display();
    let next = format!(
        "`stillpress serve {dir}` shows the site; `stillpress doctor {dir}` tells what is lacking."
    );
    let mut out = io::stdout().lock();
    Ok(as_far_as_read(writeln!(out, "Saved {answers} and {files} in {dir}.\nNext: {next}"))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_is_named_as_people_name_it() {
        let check = |site: &str, expected: Option<&str>| {
            assert_eq!(home(site).ok().as_deref(), expected, "{site}");
        };
        check("https://news.example/", Some("https://news.example"));
        check("news.example", Some("https://news.example"));
        check(" http://127.0.0.1:8080/blog/ ", Some("http://127.0.0.1:8080/blog"));
        check("https://news.example/wp-admin/", Some("https://news.example"));
        check("https://news.example/?p=1#a", Some("https://news.example"));
        check("ftp://news.example", None);
        check("", None);
    }
}
