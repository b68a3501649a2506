//! `fetch`: saves a running site as an export, which `build` and `doctor` read like any other.

mod answers;
mod changes;
mod client;
mod index;
mod keeper;
mod lists;
mod saved;
mod telling;

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{bail, ensure};

use crate::commands::Outcome;
use crate::commands::api::{self, Api, Permalinks, Route, Source};
use crate::commands::doctor::saving::{self, Names, Save};
use crate::commands::doctor::{self, LARGEST_PAGE, Paging, Request};
use crate::commands::fetch::answers::Answer;
use crate::commands::fetch::client::{Client, Login};
use crate::commands::fetch::keeper::{Keeper, Progress};

/// What every site has, as far as it shows it. The rest is found by what these tell.
const COLLECTIONS: [&str; 8] =
    ["posts", "pages", "media", "categories", "tags", "users", "comments", "navigation"];

/// What only somebody who is logged in gets.
const OF_EDITORS: [&str; 8] = [
    "settings",
    "menus",
    "menu-items",
    "menu-locations",
    "blocks",
    "template-parts",
    "block-patterns/patterns",
    "icons",
];

/// Where the application password is looked for: what stands in a command is seen by others.
const PASSWORD: &str = "STILLPRESS_PASSWORD";

const UNSAFE: &str = "the site is not encrypted: everybody on the way could read the password. Write its \
                      address with https://";

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
    /// The name of an administrator, to save the settings and menus, too. `STILLPRESS_PASSWORD` holds an
    /// application password
    #[arg(short, long, value_name = "NAME")]
    pub user: Option<String>,
    /// Ask for all answers anew, for what the site changed since. Those saved before are put aside in
    /// `DIR/.stillpress-before`
    #[arg(long)]
    pub update: bool,
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
    let client = Client::new(Duration::from_millis(args.pause));
    let login = args.user.as_deref().map(login).transpose()?;
    let progress = if args.quiet { Progress::Silent } else { Progress::Told };
    let mut keeper = Keeper::new(client, &args.dir, progress);
    let (api, index) = find(&mut keeper, &homes(&args.site)?)?;
    keeper.check_index(&index)?;
    ensure!(login.is_none() || is_safe(&api.home), "{UNSAFE}");
    if args.update || saved::is_begun(&args.dir) {
        keeper.put_aside(login.as_ref())?;
    }
    keeper.write_index(&index)?;
    let mut names = Names::default();
    for base in ["types", "taxonomies"] {
        keeper.save(&saving::answers(&single(base, ""), &api, &mut names))?;
    }
    for base in COLLECTIONS {
        keeper.save(&saving::answers(&Request::collection(base, 1), &api, &mut names))?;
    }
    if let Some(login) = login {
        let whole = format!("context=edit&per_page={LARGEST_PAGE}");
        for path in OF_EDITORS {
            keeper.save_as(&saving::answers(&single(path, &whole), &api, &mut names), &login)?;
        }
    }
    let mut files = Vec::new();
    for _ in 0..ROUNDS {
        let lacks = doctor::lacks_of(&args.dir)?.into_iter().map(|save| save.asked_at(&api.home));
        let (of_media, answers): (Vec<Save>, Vec<Save>) = lacks.partition(Save::is_file);
        files = of_media;
        let before = keeper.answers;
        answers.iter().try_for_each(|save| keeper.save(save))?;
        if keeper.answers == before {
            break;
        }
    }
    // Last: what else is saved may name more of them.
    if !args.no_media {
        keeper.save_files(&files);
    }
    telling::tell(&keeper)?;
    if !keeper.is_complete() {
        return Ok(Outcome::Wanting);
    }
    saved::finish(&args.dir)?;
    Ok(Outcome::Good)
}

fn login(user: &str) -> anyhow::Result<Login> {
    let Ok(password) = std::env::var(PASSWORD) else {
        bail!(
            "--user needs an application password in the variable {PASSWORD}: WordPress makes one under \
             Users, Profile, Application Passwords"
        );
    };
    Ok(Login { user: user.to_owned(), password })
}

/// Whether nobody on the way to a site can read what is sent.
fn is_safe(home: &str) -> bool {
    let host = home.strip_prefix("http://").map(|rest| rest.split(['/', ':']).next());
    matches!(host, None | Some(Some("localhost" | "127.0.0.1")))
}

/// Returns the question for what comes in one answer.
fn single(path: &str, query: &str) -> Request {
    let route = Route { path: format!("/wp/v2/{path}"), query: query.to_owned() };
    let stem = path.rsplit('/').next().unwrap_or(path).to_owned();
    Request { route, paging: Paging::Once, stem }
}

/// Returns where a site may be that is named as people name it: the likeliest address first.
fn homes(site: &str) -> anyhow::Result<Vec<String>> {
    let site = site.trim();
    let full = match site.contains("://") {
        true => vec![site.to_owned()],
        false => vec![format!("https://{site}"), format!("http://{site}")],
    };
    let homes = full.iter().filter_map(|address| api::clean(address));
    let homes = homes.map(|home| home.trim_end_matches("/wp-admin").to_owned());
    let homes: Vec<String> = homes.collect();
    ensure!(
        !homes.is_empty(),
        "`{site}` is no address of a site: write it like https://news.example/"
    );
    Ok(homes)
}

/// Returns where and in which form the site answers, and its root index.
fn find(keeper: &mut Keeper<'_>, homes: &[String]) -> anyhow::Result<(Api, Vec<u8>)> {
    let mut reasons = Vec::new();
    // The plain form works nearly everywhere.
    let forms = [Permalinks::Plain, Permalinks::Pretty];
    for (home, permalinks) in homes.iter().flat_map(|home| forms.map(|form| (home, form))) {
        let api = Api { home: home.clone(), source: Source::Export, permalinks };
        let [address, _] = api.addresses(&Route::index());
        match keeper.ask(&address, None) {
            Ok((Answer::Single, reply)) if index::is_one(&reply.bytes) => {
                return Ok((api, reply.bytes));
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
        "no WordPress answers there:\n  {}\nA plugin may have shut its REST API for visitors. What else \
         helps: the file that WordPress exports itself, under Tools → Export",
        reasons.join("\n  ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_is_named_as_people_name_it() {
        let check = |site: &str, expected: &[&str]| {
            assert_eq!(homes(site).unwrap_or_default(), expected, "{site}");
        };
        check("https://news.example/", &["https://news.example"]);
        check("news.example", &["https://news.example", "http://news.example"]);
        check(" http://127.0.0.1:8080/blog/ ", &["http://127.0.0.1:8080/blog"]);
        check("https://news.example/wp-admin/", &["https://news.example"]);
        check("https://news.example/?p=1#a", &["https://news.example"]);
        check("ftp://news.example", &[]);
        check("", &[]);
    }

    #[test]
    fn no_password_is_sent_where_others_can_read_it() {
        for (home, expected) in [
            ("https://news.example", true),
            ("http://news.example", false),
            ("http://localhost.example", false),
            ("http://localhost/blog", true),
            ("http://127.0.0.1:8080", true),
        ] {
            assert_eq!(is_safe(home), expected, "{home}");
        }
    }
}
