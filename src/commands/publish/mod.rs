//! `publish`: the output folder, pushed to a branch that a host shows.
//!
//! ```text
//! output folder ─ folder ─▶ files ╮
//! repository ─ target, branch ─▶ what is there ╯─ commit ─▶ one commit more, or nothing
//! ```
//!
//! All of git's work is done in a repository of its own, which is gone afterwards.

mod git;
mod trouble;

mod folder;
mod target;

mod branch;
mod commit;

use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::{Context as _, bail, ensure};

use crate::commands::Outcome;
use crate::commands::publish::branch::{Branch, DOMAIN_FILE, Origin};
use crate::commands::publish::commit::{Change, Commit, History};
use crate::commands::publish::folder::{Contents, File};
use crate::commands::publish::git::Git;
use crate::commands::publish::target::Target;
use crate::commands::report;
use crate::output::finished::Finished;

/// What `publish` may be told.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The folder that `stillpress build` wrote
    #[arg(value_name = "DIR", default_value = "public")]
    pub folder: PathBuf,
    /// The git repository to publish to: its address, its folder, or the name of a remote; `origin`
    /// of the repository you are in unless told
    #[arg(short, long, value_name = "REPOSITORY")]
    pub repository: Option<String>,
    /// The branch that the host shows
    #[arg(long, value_name = "NAME", default_value = "gh-pages")]
    pub branch: String,
    /// The site's own domain, such as news.example, for GitHub Pages
    #[arg(long, value_name = "DOMAIN")]
    pub cname: Option<String>,
    /// Leave nothing of what was published before: one commit without history
    #[arg(long)]
    pub orphan: bool,
    /// Say what would change, and change nothing
    #[arg(short = 'n', long)]
    pub dry_run: bool,
    /// Replace what is on the branch even if stillpress did not publish it
    #[arg(long)]
    pub force: bool,
    /// Publish a site that was built for another address than it will be seen at
    #[arg(long)]
    pub any_address: bool,
    /// Publish files that are no longer part of the site, and stay because you changed them
    #[arg(long)]
    pub left_files: bool,
    /// Name all files that change, not just the first of them
    #[arg(short, long)]
    pub verbose: bool,
}

/// How many files of a kind are named.
const NAMED: usize = 10;

/// Runs `publish`.
///
/// # Errors
/// The folder cannot be published, the branch is not ours, or the host does not take it. The
/// branch is as it was.
pub fn run(args: &Args) -> anyhow::Result<Outcome> {
    let site = Finished::open(&args.folder)?;
    let mut contents = folder::look(&site)?;
    let target = Target::find(args.repository.as_deref(), git::REMOTE)?;
    check_contents(&contents, &target)?;
    check_left(args, &site)?;

    let mut git = Git::new(&target.place, &target.settings)?;
    git.keep_secret(target.secret());
    let branch = Branch::fetch(&git, &args.branch, &target.shown())?;
    check_origin(args, &branch, &target)?;
    let domain = domain(args, &site, &branch, &git)?;
    let address = domain.as_ref().map(|domain| format!("{domain}/")).or(target.github_address());
    check_address(args, &site, address.as_deref())?;
    add_files_for_host(args.cname.as_ref().and(domain), &git, &mut contents.files)?;

    let change = Change::find(&git, &site.folder, &contents.files, &branch)?;
    let place = format!("branch {} of {}", args.branch, target.shown());
    let forgets = args.orphan && branch.tip.as_ref().is_some_and(|tip| tip.has_history);
    if change.is_empty() && branch.tip.is_some() && !forgets {
        eprintln!("Nothing to publish: {place} holds all of it already.");
        return Ok(Outcome::Good);
    }
    if args.dry_run {
        let limit = if args.verbose { usize::MAX } else { NAMED };
        print_change(&change, limit, &mut io::stdout().lock())?;
        eprintln!("Would publish to {place}: {}.", counts(&change));
        return Ok(Outcome::Good);
    }
    let history = if args.orphan { History::Orphan } else { History::Kept };
    let commit = change.commit(&git, &site.folder, &branch, history)?;
    commit.push(&git, &branch, &target.shown())?;
    eprintln!("Published to {place}: {}.", counts(&change));
    tell_after(&commit, &branch, &target, address.as_deref());
    Ok(Outcome::Good)
}

/// Stops if the folder cannot be published so, and else tells what is wrong with it.
fn check_contents(contents: &Contents, target: &Target) -> anyhow::Result<()> {
    let concerns = &contents.concerns;
    let is_github = target.github().is_some();
    let (obstacles, told) = match is_github {
        true => {
            (concerns.obstacles.iter().chain(&concerns.limits), concerns.warnings.iter().chain(&[]))
        }
        false => {
            (concerns.obstacles.iter().chain(&[]), concerns.warnings.iter().chain(&concerns.limits))
        }
    };
    // What stops everything is not to be looked for among the rest.
    let obstacles: Vec<&str> = obstacles.map(String::as_str).collect();
    ensure!(obstacles.is_empty(), "the site is not published:\n  {}", obstacles.join("\n  "));
    for warning in told {
        eprintln!("warning: {warning}");
    }
    Ok(())
}

/// Stops if the folder holds pages that are no longer the site's: what they show may not be public any
/// more.
fn check_left(args: &Args, site: &Finished) -> anyhow::Result<()> {
    if site.left.is_empty() {
        return Ok(());
    }
    let names: Vec<String> = site.left.iter().map(|path| format!("`{path}`")).collect();
    let names = folder::list(&names);
    if args.left_files {
        eprintln!("warning: published, though no longer part of the site: {names}");
        return Ok(());
    }
    bail!(
        "the site is not published: `{}` still holds {names}, which stillpress kept because it was \
         changed by hand; it is no longer part of the site, and may show what is not public any \
         more: delete it, build again with --force, or use --left-files to publish it",
        args.folder.display()
    )
}

/// Stops if the branch holds what somebody else put there.
fn check_origin(args: &Args, branch: &Branch, target: &Target) -> anyhow::Result<()> {
    let Some(tip) = &branch.tip else { return Ok(()) };
    let Origin::Foreign(subject) = &tip.origin else { return Ok(()) };
    if args.force {
        return Ok(());
    }
    bail!(
        "the branch `{}` of {} holds what stillpress did not publish: its last commit is {:.7} \
         “{subject}”; choose another branch with --branch, or replace all that is on this one with \
         --force",
        args.branch,
        target.shown(),
        tip.commit
    )
}

/// Returns the domain the site will be shown at: the one told, the one in the folder, or else the
/// one on the branch.
fn domain(
    args: &Args,
    site: &Finished,
    branch: &Branch,
    git: &Git,
) -> anyhow::Result<Option<String>> {
    if let Some(name) = &args.cname {
        return target::domain(name).map(Some);
    }
    match std::fs::read_to_string(site.folder.join(DOMAIN_FILE)) {
        Ok(text) => Ok(Some(text.trim().to_owned())),
        Err(_) => branch.domain(git),
    }
}

/// Stops if the links of the site lead to another place than where it will be.
fn check_address(args: &Args, site: &Finished, expected: Option<&str>) -> anyhow::Result<()> {
    let Some(expected) = expected else { return Ok(()) };
    if args.any_address || site.address.is_empty() || target::is_at(&site.address, expected) {
        return Ok(());
    }
    bail!(
        "the site was built for {}, but readers will see it at https://{expected}, where its \
         links and its style would not work; build it again with --base-url https://{expected}, \
         name its own domain with --cname, or use --any-address if the host is set up in another \
         way",
        site.address
    )
}

/// Adds what the host wants to find, with the domain if the user named one.
fn add_files_for_host(
    domain: Option<String>,
    git: &Git,
    files: &mut Vec<File>,
) -> anyhow::Result<()> {
    let mut add = |path: &str, text: &str| {
        let elsewhere = git.path(&format!("for-the-host-{path}"));
        std::fs::write(&elsewhere, text)
            .with_context(|| format!("cannot write {}", elsewhere.display()))?;
        files.retain(|file| file.path != path);
        let size = text.len() as u64;
        files.push(File { path: path.to_owned(), size, elsewhere: Some(elsewhere) });
        anyhow::Ok(())
    };
    domain.map_or(Ok(()), |domain| add(DOMAIN_FILE, &format!("{domain}\n")))
}

/// Prints the names of the files that change, at most `limit` of a kind.
fn print_change(change: &Change, limit: usize, out: &mut impl Write) -> anyhow::Result<()> {
    let removed: Vec<_> = change.removed.iter().map(|path| String::from_utf8_lossy(path)).collect();
    let names = |files: &[File]| files.iter().map(|file| file.path.clone()).collect::<Vec<_>>();
    let kinds = [
        ("new", names(&change.added)),
        ("changed", names(&change.changed)),
        ("removed", removed.into_iter().map(|path| path.into_owned()).collect()),
    ];
    let mut print = || {
        for (kind, names) in &kinds {
            for name in names.iter().take(limit) {
                writeln!(out, "{kind:8} {}", name.replace(char::is_control, "?"))?;
            }
            if names.len() > limit {
                writeln!(out, "{kind:8} … and {} more: -v names all", names.len() - limit)?;
            }
        }
        io::Result::Ok(())
    };
    report::as_far_as_read(print())?;
    Ok(())
}

fn counts(change: &Change) -> String {
    let Change { added, changed, removed } = change;
    let counts = [(added.len(), "new"), (changed.len(), "changed"), (removed.len(), "removed")];
    let counts = counts.iter().filter(|(count, _)| *count > 0);
    let counts: Vec<String> = counts.map(|(count, word)| format!("{count} {word}")).collect();
    if counts.is_empty() { "no file changed".to_owned() } else { counts.join(", ") }
}

/// Says what comes next, to those who publish for the first time.
fn tell_after(commit: &Commit, branch: &Branch, target: &Target, address: Option<&str>) {
    if !commit.is_named {
        eprintln!(
            "Git has no name for you, so the commit is by “stillpress”. To change that: \
             git config --global user.name \"…\" and git config --global user.email \"…\""
        );
    }
    let Some(address) = address else { return };
    eprintln!("In a few minutes readers will see it at https://{address}");
    if let (None, Some((owner, name))) = (&branch.tip, target.github()) {
        let short = branch.name.trim_start_matches("refs/heads/");
        eprintln!(
            "If they do not: at https://github.com/{owner}/{name}/settings/pages choose “Deploy \
             from a branch”, `{short}` and `/ (root)`."
        );
    }
}
