//! What a ledger says of what was entered into it.

use super::*;

const GONE: Fate = Fate::Dropped(Why::MadeOnServer);

fn tally(counts: &[(Kind, &str, Fate)]) -> Tally {
    let mut tally = Tally::default();
    counts.iter().for_each(|&(kind, name, fate)| tally.add(kind, name, fate));
    tally
}

/// Checks what a ledger says, line by line, and then row by row.
#[track_caller]
fn check(posts: &[(u64, Tally)], lines: &[&str], rows: &[(u64, u32, u32)]) {
    let mut books = Books::default();
    posts.iter().for_each(|(post, tally)| books.enter(PostId(*post), tally));
    let ledger = books.close();
    let line = |line: &Line| {
        format!("{} {:?} {} in {}: {}", line.count, line.kind, line.name, line.posts, line.fate)
    };
    assert_eq!(ledger.lines.iter().map(line).collect::<Vec<_>>(), lines);
    let found: Vec<_> = ledger.rows.iter().map(|row| (row.post.0, row.line, row.count)).collect();
    assert_eq!(found, rows);
    let saved = serde_json::to_string(&ledger).unwrap();
    assert_eq!(serde_json::from_str::<Ledger>(&saved).unwrap(), ledger);
}

#[test]
fn sums_do_not_depend_on_who_comes_first() {
    let one = tally(&[
        (Kind::Script, "inline", Fate::Dropped(Why::Settings)),
        (Kind::Block, "core/rss", GONE),
        (Kind::Block, "core/rss", GONE),
    ]);
    let two = tally(&[(Kind::Block, "core/quote", Fate::Kept), (Kind::Block, "core/rss", GONE)]);
    let lines = [
        "1 Block core/quote in 1: kept",
        "3 Block core/rss in 2: missing: only WordPress could make it",
        "1 Script inline in 1: left out: the settings in [content] say so",
    ];
    let rows = [(1, 1, 2), (1, 2, 1), (2, 1, 1)];
    check(&[(1, one.clone()), (2, two.clone())], &lines, &rows);
    check(&[(2, two.clone()), (1, one.clone())], &lines, &rows);
    let (mut all, mut other) = (Books::default(), Books::default());
    all.enter(PostId(2), &two);
    other.enter(PostId(1), &one);
    all.enter_all(other);
    let mut books = Books::default();
    books.enter(PostId(1), &one);
    books.enter(PostId(2), &two);
    assert_eq!(all.close(), books.close());
}

#[test]
fn only_what_should_be_there_is_a_loss() {
    assert!(GONE.is_loss() && !Fate::Dropped(Why::Hidden).is_loss() && !Fate::Kept.is_loss());
}

#[test]
fn a_tally_takes_in_another() {
    let mut all = tally(&[(Kind::Form, "search", Fate::Kept)]);
    all.add_all(&tally(&[(Kind::Form, "search", Fate::Kept), (Kind::Form, "search", GONE)]));
    let counts: Vec<_> = all.iter().collect();
    assert_eq!(counts, [(Kind::Form, "search", Fate::Kept, 2), (Kind::Form, "search", GONE, 1)]);
}
