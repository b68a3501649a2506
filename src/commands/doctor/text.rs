//! Tells findings to people, most of whom never open a terminal.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use crate::commands::api::{PLACEHOLDER, Permalinks};
use crate::commands::doctor::findings::{Finding, Findings};
use crate::commands::doctor::holdings::{Holdings, Named, OfType};
use crate::commands::doctor::lacks::{Certainty, Kind};
use crate::commands::doctor::saving::quoted;
use crate::commands::report::counted;
use crate::diagnostics::plain;

/// The longest line, in letters.
const WIDTH: usize = 88;

/// More addresses than this under one heading are not shown: nobody saves so many by hand.
const SHOWN: usize = 20;

/// A folder for an export that has none of its own.
const NEW_FOLDER: &str = "export";

/// Prints `findings` on the export in `paths`: files and folders, or `-`.
///
/// # Errors
/// `out` cannot be written to.
pub fn print(findings: &Findings, paths: &[PathBuf], out: &mut impl Write) -> io::Result<()> {
    print_holdings(&findings.holds, out)?;
    let of = |certainty| findings.lacks.iter().filter(move |lack| lack.certainty == certainty);
    let known: Vec<&Finding> = of(Certainty::Known).collect();
    let possible: Vec<&Finding> = of(Certainty::Possible).collect();
    if known.is_empty() {
        writeln!(out, "\nIt lacks nothing that it refers to.")?;
    } else {
        writeln!(out, "\nWHAT IT LACKS")?;
        print_lacks(&known, 1, out)?;
    }
    if !possible.is_empty() {
        writeln!(out, "\nWHAT IT MAY LACK, if the old site has it")?;
        print_lacks(&possible, known.len() + 1, out)?;
    }
    if !findings.lacks.is_empty() {
        let place = Place::of(paths);
        print_fetch(findings, &place, out)?;
        print_browser_steps(findings, &place, out)?;
        print_commands(findings, &place, out)?;
    }
    Ok(())
}

/// Where what is saved belongs, in words of the shell.
struct Place {
    folder: String,
    /// Files to move into that folder, which is new.
    files: Vec<String>,
    /// What was looked at.
    exports: Vec<String>,
    /// What to look at when all is saved.
    paths: Vec<String>,
}

impl Place {
    /// Files alone often stand among strange ones, as in a folder of downloads.
    fn of(paths: &[PathBuf]) -> Self {
        let exports: Vec<String> = paths.iter().map(|path| shown(path)).collect();
        if let Some(folder) = paths.iter().find(|path| path.is_dir()) {
            let paths = exports.clone();
            return Self { folder: shown(folder), files: Vec::new(), exports, paths };
        }
        let files = paths.iter().filter(|path| path.as_os_str() != "-");
        let files = files.map(|path| shown(path)).collect();
        Self { folder: NEW_FOLDER.into(), files, exports, paths: vec![NEW_FOLDER.into()] }
    }
}

/// Returns the path as a word of the shell, without quotes where it needs none.
fn shown(path: &Path) -> String {
    let name = plain(&path.to_string_lossy());
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "/._-".contains(letter);
    if name.chars().all(is_plain) && !name.starts_with('-') { name } else { quoted(&name) }
}

fn print_holdings(holds: &Holdings, out: &mut impl Write) -> io::Result<()> {
    let yes_or_no = |is_there: bool, no: &str| if is_there { "yes" } else { no }.to_owned();
    let mut rows: Vec<(String, String)> = vec![
        ("Files read".into(), holds.files.to_string()),
        ("Site".into(), site(holds)),
        ("Root index".into(), yes_or_no(holds.root_index, "no")),
        (
            "Time zone".into(),
            holds.time_zone.clone().unwrap_or_else(|| "unknown, taken for UTC".to_owned()),
        ),
        ("Settings".into(), yes_or_no(holds.settings, "no, only an administrator can save them")),
    ];
    rows.extend(with_usual([("post", "Posts"), ("page", "Pages")], &holds.posts, |of_type| {
        (&of_type.post_type, statuses(of_type))
    }));
    rows.push(("Published".into(), holds.dates.map(period).unwrap_or_default()));
    let scripts = holds.scripts.iter().map(|(script, count)| format!("{script} {count}"));
    rows.push(("Written in".into(), scripts.collect::<Vec<_>>().join(", ")));
    rows.extend(with_usual(
        [("category", "Categories"), ("post_tag", "Tags")],
        &holds.terms,
        |terms| (&terms.taxonomy, named(&terms.counts)),
    ));
    let (comments, media) = (&holds.comments, &holds.attachments);
    let comments = parts([(comments.approved, "shown"), (comments.waiting, "not shown")]);
    let media = parts([(media.with_file, "with their file"), (media.without_file, "without it")]);
    rows.push(("Authors".into(), named(&holds.authors)));
    rows.push(("Comments".into(), comments));
    rows.push(("Attachments".into(), media));
    rows.push((
        "Menus".into(),
        parts([(holds.menus, "classic"), (holds.block_menus, "of blocks")]),
    ));

    writeln!(out, "WHAT THE EXPORT HOLDS\n")?;
    for (name, value) in rows {
        let value = if value.is_empty() { "none" } else { &value };
        writeln!(out, "  {:<13} {}", plain(&name), plain(value))?;
    }
    Ok(())
}

/// Returns a row for each of the two usual kinds, if only to say that there is none, and for the
/// other kinds there are.
fn with_usual<T>(
    usual: [(&str, &str); 2],
    kinds: &[T],
    row: impl Fn(&T) -> (&str, String),
) -> Vec<(String, String)> {
    let rows = || kinds.iter().map(&row);
    let value = |name: &str| rows().find(|(kind, _)| *kind == name).map(|(_, value)| value);
    let is_usual = |kind: &str| usual.iter().any(|(name, _)| *name == kind);
    let first = usual.iter();
    let first = first.map(|(name, label)| ((*label).to_owned(), value(name).unwrap_or_default()));
    let others = rows().filter(|(kind, _)| !is_usual(kind));
    first.chain(others.map(|(kind, value)| (format!("“{kind}”"), value))).collect()
}

fn site(holds: &Holdings) -> String {
    let form = match holds.permalinks {
        Permalinks::Plain => "plain addresses such as /?p=12",
        Permalinks::Pretty => "addresses with words in them",
    };
    let name = holds.name.as_ref().map(|name| format!("“{name}”, ")).unwrap_or_default();
    match &holds.address {
        Some(address) => format!("{name}{address}, {form}"),
        None => format!("{name}address unknown"),
    }
}

fn statuses(of_type: &OfType) -> String {
    let drafts = if of_type.drafts == 1 { "draft" } else { "drafts" };
    parts([
        (of_type.published, "published"),
        (of_type.scheduled, "scheduled"),
        (of_type.drafts, drafts),
        (of_type.private, "private"),
        (of_type.deleted, "deleted"),
        (of_type.of_unknown_status, "of unknown status"),
        (of_type.with_password, "with a password"),
        (of_type.for_members, "for members"),
    ])
}

fn named(counts: &Named) -> String {
    match (counts.total, counts.total - counts.named) {
        (0, _) => String::new(),
        (total, 0) => total.to_string(),
        (total, unnamed) => format!("{total}, {unnamed} of them without a name"),
    }
}

fn period((first, last): (NaiveDate, NaiveDate)) -> String {
    if first == last { first.to_string() } else { format!("{first} to {last}") }
}

/// Leaves out what there is none of.
fn parts<const N: usize>(counts: [(usize, &str); N]) -> String {
    let some = counts.into_iter().filter(|(count, _)| *count > 0);
    some.map(|(count, what)| format!("{count} {what}")).collect::<Vec<_>>().join(", ")
}

fn print_lacks(lacks: &[&Finding], first: usize, out: &mut impl Write) -> io::Result<()> {
    for (index, lack) in lacks.iter().enumerate() {
        let number = first + index;
        writeln!(out)?;
        print_wrapped(&format!("{number:>3}. "), &format!("{}.", capitalized(&lack.what)), out)?;
        print_wrapped("     ", &lack.without, out)?;
        if lack.save.len() > SHOWN {
            let count = counted(lack.save.len(), "address", "addresses");
            let hint = "the commands at the end save them all, and --json lists them";
            print_wrapped("       ", &format!("{count}: {hint}"), out)?;
            continue;
        }
        for save in &lack.save {
            writeln!(out, "       {}", save.file)?;
            for (sign, address) in ["from", "  or"].iter().zip(&save.addresses) {
                writeln!(out, "         {sign} {address}")?;
            }
        }
    }
    Ok(())
}

fn print_fetch(findings: &Findings, place: &Place, out: &mut impl Write) -> io::Result<()> {
    let Some(address) = &findings.holds.address else { return Ok(()) };
    writeln!(out, "\nIF THE SITE IS STILL RUNNING\n")?;
    let mut note =
        "This saves what is lacking, and whatever else the site shows to visitors.".to_owned();
    if !place.files.is_empty() {
        let files = place.files.join(" and ");
        note.push_str(&format!(" Put {files} into the folder “{}”, too.", place.folder));
    }
    print_wrapped("  ", &note, out)?;
    let address = shown(Path::new(address));
    writeln!(out, "\nstillpress fetch {address} --dir {}", place.folder)
}

fn print_browser_steps(findings: &Findings, place: &Place, out: &mut impl Write) -> io::Result<()> {
    let folder = &place.folder;
    let saves = || findings.lacks.iter().flat_map(|lack| &lack.save);
    let mut steps = Vec::new();
    if !place.files.is_empty() {
        let files = place.files.join(" and ");
        steps.push(format!("Make a folder called “{folder}”, and put {files} into it."));
    }
    steps.extend([
        "Open the first address in your browser, the one after “from”. What comes is full of \
         braces and quotation marks: that is right."
            .to_owned(),
        format!(
            "Choose File → Save as… (Ctrl+S, on a Mac ⌘S). Save it in the folder {folder} under \
             the name that stands above the address. If you are asked for a format, take “text”, \
             “page source” or “all files”, not “complete web page”."
        ),
        "Does the browser show an error, or the ordinary home page? Then open the second address, \
         the one after “or”. If the answer is one line with “code” and “message” in it, the site \
         does not have this or shows it to nobody: go on with the next."
            .to_owned(),
    ]);
    if saves().any(|save| save.paged) {
        steps.push(
            "An address that ends in “page=” and a number has more pages: count the number up by \
             one, in the address and in the name of the file, and save again, until the answer \
             is `[]` or says `rest_post_invalid_page_number`. That one need not be saved."
                .to_owned(),
        );
    }
    if findings.lacks.iter().any(|lack| lack.kind == Kind::MediaFiles) {
        steps.push(format!(
            "The folder of uploads is `wp-content/uploads` on the old site's server. Copy it as \
             `uploads` into the folder {folder}: with FTP, or with the file manager of your host."
        ));
    }
    steps.push(format!("Look what is still lacking: stillpress doctor {}", place.paths.join(" ")));

    writeln!(out, "\nHOW TO SAVE IT IN A BROWSER\n")?;
    print_unknown_host(findings, out)?;
    for (index, step) in steps.iter().enumerate() {
        print_wrapped(&format!("{:>3}. ", index + 1), step, out)?;
    }
    Ok(())
}

fn print_unknown_host(findings: &Findings, out: &mut impl Write) -> io::Result<()> {
    if findings.holds.address.is_some() {
        return Ok(());
    }
    let note = format!(
        "The export does not say where the site was: put its address in place of {PLACEHOLDER} \
         everywhere."
    );
    print_wrapped("  ", &note, out)?;
    writeln!(out)
}

fn print_commands(findings: &Findings, place: &Place, out: &mut impl Write) -> io::Result<()> {
    let is_long = |lack: &&Finding| lack.save.len() > SHOWN;
    let (long, short): (Vec<&Finding>, Vec<&Finding>) = findings.lacks.iter().partition(is_long);
    if short.iter().all(|lack| lack.save.is_empty()) && long.is_empty() {
        return Ok(());
    }
    writeln!(out, "\nOR IN A TERMINAL, all at once\n")?;
    let note = "An `error: 400` or `404` ends the pages of a collection, or says that the site \
                does not have something.";
    print_wrapped("  ", note, out)?;
    writeln!(out)?;
    if long.is_empty() {
        return write_commands(&short, place, out);
    }
    let count: usize = findings.lacks.iter().map(|lack| lack.save.len()).sum();
    let note =
        format!("These are {count} commands. This line runs them; without `| sh` it shows them.");
    print_wrapped("  ", &note, out)?;
    let exports = place.exports.join(" ");
    writeln!(out, "\nstillpress doctor --commands {exports} | sh")
}

/// Prints commands for a shell that save all that is lacking, whether many or few.
///
/// # Errors
/// `out` cannot be written to.
pub fn print_script(
    findings: &Findings,
    paths: &[PathBuf],
    out: &mut impl Write,
) -> io::Result<()> {
    let lacks: Vec<&Finding> = findings.lacks.iter().collect();
    write_commands(&lacks, &Place::of(paths), out)
}

fn write_commands(lacks: &[&Finding], place: &Place, out: &mut impl Write) -> io::Result<()> {
    if place.folder == NEW_FOLDER {
        writeln!(out, "mkdir -p {NEW_FOLDER}")?;
    }
    if !place.files.is_empty() {
        writeln!(out, "cp {} {NEW_FOLDER}", place.files.join(" "))?;
    }
    writeln!(out, "cd {}", place.folder)?;
    for save in lacks.iter().flat_map(|lack| &lack.save) {
        writeln!(out, "{}", save.command)?;
    }
    Ok(())
}

/// Prints `text` after `head`, and later lines as far to the right.
fn print_wrapped(head: &str, text: &str, out: &mut impl Write) -> io::Result<()> {
    let margin = head.chars().count();
    let mut column = margin;
    write!(out, "{head}")?;
    for (index, word) in text.split(' ').enumerate() {
        let length = word.chars().count();
        if index > 0 && column + 1 + length > WIDTH {
            write!(out, "\n{:margin$}{word}", "")?;
            column = margin + length;
        } else {
            let space = if index > 0 { " " } else { "" };
            write!(out, "{space}{word}")?;
            column += space.len() + length;
        }
    }
    writeln!(out)
}

fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
