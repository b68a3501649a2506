//! Answers that have pages, and those that have none.

use std::fs;

use anyhow::{Context, bail};
use xxhash_rust::xxh3::xxh3_64;

use crate::commands::doctor::LARGEST_PAGE;
use crate::commands::doctor::saving::Save;
use crate::commands::fetch::answers::{self, Answer};
use crate::commands::fetch::client::Login;
use crate::commands::fetch::keeper::Keeper;
use crate::commands::fetch::saved;

/// The most pages of a list: a million records.
const MOST_PAGES: usize = 10_000;

/// An answer that is saved, now or before.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
struct Saved {
    records: usize,
    /// Of its bytes.
    hash: u64,
    /// How many pages there are.
    pages: Pages,
}

/// How many pages a list has.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Pages {
    /// So many.
    Told(usize),
    /// The site does not say.
    Untold,
    /// It was saved in a run before.
    Forgotten,
}

impl Saved {
    fn new(answer: &Answer, bytes: &[u8], pages: Pages) -> Self {
        let records = if let Answer::List(count) = answer { *count } else { 0 };
        Self { records, hash: xxh3_64(bytes), pages }
    }

    /// Whether there may be another page after this one. WordPress leaves out of a page what visitors may
    /// not see: one that is not full need not be the last.
    fn goes_on(self, page: usize) -> bool {
        match self.pages {
            Pages::Told(pages) => page < pages,
            Pages::Untold => self.records >= LARGEST_PAGE,
            Pages::Forgotten => self.records > 0,
        }
    }
}

/// An answer to save.
struct Page<'s> {
    file: &'s str,
    addresses: &'s [String],
    /// The page before this one.
    before: Option<Saved>,
    /// So many records a list must have that is there and not this command's own: one with less may be a
    /// page of ten, where a hundred are asked for.
    least: usize,
}

/// As many records are in a whole page, but for those that visitors may not see.
const WHOLE_PAGE: usize = LARGEST_PAGE / 10 * 9;

impl<'s> Page<'s> {
    /// An answer that has no pages.
    fn alone(save: &'s Save) -> Self {
        Self { file: &save.file, addresses: &save.addresses, before: None, least: 0 }
    }
}

impl Keeper<'_> {
    /// Saves an answer, or all pages of one.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn save(&mut self, save: &Save) -> anyhow::Result<()> {
        let Some(first) = save.first_page() else {
            return self.save_one(&Page::alone(save), None).map(|_| ());
        };
        let mut before = None;
        for page in first..first.saturating_add(MOST_PAGES) {
            let (file, addresses) = (save.file_of(page), save.addresses_of(page));
            let one = Page { file: &file, addresses: &addresses, before, least: WHOLE_PAGE };
            let saved = self.save_one(&one, None)?;
            if !saved.is_some_and(|saved| saved.goes_on(page)) {
                return Ok(());
            }
            before = saved;
        }
        self.failed.push(format!("{} has no end", save.file));
        Ok(())
    }

    /// Saves an answer that only somebody who is logged in gets.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn save_as(&mut self, save: &Save, login: &Login) -> anyhow::Result<()> {
        self.save_one(&Page::alone(save), Some(login)).map(|_| ())
    }

    /// Returns the name under which an answer is there from before, or may be saved. What the user has
    /// saved stays, but is not taken for the answer if it is none, or may be less.
    fn place(&self, page: &Page<'_>) -> anyhow::Result<(String, Option<Saved>)> {
        let own = page.file.to_owned();
        let again = format!("{}-again.json", own.trim_end_matches(".json"));
        for file in [own, again.clone()] {
            let path = self.dir.join(&file);
            if !path.exists() {
                return Ok((file, None));
            }
            let bytes = fs::read(&path).with_context(|| format!("cannot read {file}"))?;
            let answer = answers::tell(&bytes);
            let is_whole = match &answer {
                Answer::List(records) => *records >= page.least,
                Answer::Single => true,
                Answer::Refused(_) | Answer::Foreign => false,
            };
            if is_whole || saved::is_entered(self.dir, &file)? {
                return Ok((file, Some(Saved::new(&answer, &bytes, Pages::Forgotten))));
            }
        }
        bail!("{again} in {} may be less than an answer: move it away", self.dir.display())
    }

    /// Saves one answer, unless it is there from a run before. Returns nothing if there is none.
    fn save_one(
        &mut self,
        page: &Page<'_>,
        login: Option<&Login>,
    ) -> anyhow::Result<Option<Saved>> {
        let Page { addresses, before, .. } = *page;
        let (file, saved) = self.place(page)?;
        if saved.is_some() {
            return Ok(saved);
        }
        if !self.asked.insert(addresses[0].clone()) {
            return Ok(None);
        }
        let (answer, reply) = match self.ask_in_any_form(addresses, login) {
            Ok(answered) => answered,
            Err(reason) => {
                self.failed.push(format!("cannot save {file}: {reason}"));
                return Ok(None);
            }
        };
        let pages = reply.pages.map_or(Pages::Untold, Pages::Told);
        let saved = Saved::new(&answer, &reply.bytes, pages);
        let status = reply.status;
        match &answer {
            // Behind the last page there is nothing to save.
            Answer::List(0) if before.is_some() => {}
            // Some sites do not count, and answer the first page for each.
            Answer::List(_) if before.is_some_and(|before| before.hash == saved.hash) => {
                if before.is_some_and(|before| before.pages != Pages::Forgotten) {
                    self.failed.push(format!("{file} would be the page before once more"));
                }
            }
            Answer::List(_) | Answer::Single => {
                self.write(&file, &reply.bytes, login)?;
                return Ok(Some(saved));
            }
            Answer::Refused(code) if code.ends_with("_invalid_page_number") => {}
            Answer::Refused(code) if matches!(status, 401 | 403 | 404) => {
                self.refused.push(format!("{file} (`{code}`)"));
            }
            Answer::Refused(code) => {
                self.failed.push(format!("cannot save {file}: status {status}, `{code}`"));
            }
            Answer::Foreign => {
                let what = "no answer of the REST API";
                self.failed.push(format!("cannot save {file}: status {status}, and {what}"));
            }
        }
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_goes_on_until_its_last_page() {
        let check = |records: usize, pages: Pages, page: usize, expected: bool| {
            let saved = Saved { records, hash: 0, pages };
            assert_eq!(saved.goes_on(page), expected, "{saved:?} at {page}");
        };
        check(99, Pages::Told(3), 1, true);
        check(100, Pages::Told(3), 3, false);
        check(100, Pages::Untold, 1, true);
        check(99, Pages::Untold, 1, false);
        check(58, Pages::Forgotten, 1, true);
        check(0, Pages::Forgotten, 1, false);
    }
}
