//! What a reader gets who comes by an old address: the answer of the host, and what the page then
//! does, computed from the files of the site alone.

use std::collections::{HashMap, HashSet};

use anyhow::Context as _;
use url::Url;

use crate::commands::check::addresses::{Ground, Target};
use crate::commands::check::folder::FileId;
use crate::commands::check::script::{self, Answer, Questions, Script, Status, Step};
use crate::commands::check::survey::Survey;
use crate::commands::host;
use crate::commands::old_query;

/// Where an old address leads.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Fate {
    /// To a file of the site.
    File(FileId),
    /// To another site.
    Elsewhere,
    /// To the page at this path, where nobody looks at the query that chooses another.
    Unasked(String),
    /// Nowhere, for this reason.
    Lost(String),
}

impl Fate {
    /// Says why an old address is not answered.
    pub fn trouble(&self) -> Option<String> {
        match self {
            Self::File(_) | Self::Elsewhere => None,
            Self::Unasked(path) => {
                Some(format!("hosts look at no query, and show what is at `{path}`"))
            }
            Self::Lost(why) => Some(why.clone()),
        }
    }
}

/// A site that can be asked for old addresses.
#[derive(Debug)]
pub struct Answers<'s> {
    ground: &'s Ground,
    survey: &'s Survey,
    scripts: HashMap<FileId, Option<Script>>,
    lists: HashMap<FileId, HashMap<String, Answer>>,
}

/// How often readers are led on before that is a circle.
const STEPS: usize = 20;

/// The host of a site that does not know its own.
const NOWHERE: &str = "https://host.invalid";

impl<'s> Answers<'s> {
    /// Asks a site that was read.
    pub fn new(ground: &'s Ground, survey: &'s Survey) -> Self {
        Self { ground, survey, scripts: HashMap::new(), lists: HashMap::new() }
    }

    /// Returns where an old address leads. Whatever its host, it is taken for one of this site.
    ///
    /// # Errors
    /// A file of the site cannot be read.
    pub fn follow(&mut self, address: &str) -> anyhow::Result<Fate> {
        let Some(mut url) = self.at_new_place(address) else {
            return Ok(Fate::Lost("it is no web address".to_owned()));
        };
        let mut seen = HashSet::new();
        for _ in 0..STEPS {
            if !seen.insert(url.clone()) {
                break;
            }
            match self.answer(&url)? {
                Ok(fate) => return Ok(fate),
                Err(next) => {
                    let Ok(next) = url.join(&next) else {
                        return Ok(Fate::Lost(format!(
                            "it leads to `{next}`, which is no address"
                        )));
                    };
                    if next.origin() != url.origin() {
                        return Ok(Fate::Elsewhere);
                    }
                    url = next;
                }
            }
        }
        Ok(Fate::Lost("it leads in a circle".to_owned()))
    }

    /// Returns an old address at the site's own host and below its path.
    fn at_new_place(&self, address: &str) -> Option<Url> {
        let origin = self.ground.base.as_ref().map_or(NOWHERE, |base| base.origin());
        let home = Url::parse(&format!("{origin}{}/", self.ground.base_path())).ok()?;
        let mut url = home.join(address.trim()).ok()?;
        if !matches!(url.scheme(), "http" | "https") {
            return None;
        }
        let base_path = self.ground.base_path();
        let is_below = url.path().strip_prefix(base_path).is_some_and(|it| it.starts_with('/'));
        let path = match is_below {
            true => url.path().to_owned(),
            false => format!("{base_path}{}", url.path()),
        };
        url.set_path(&path);
        let rest = &url[url::Position::BeforePath..url::Position::AfterQuery];
        Url::parse(&format!("{origin}{rest}")).ok()
    }

    /// Returns where a reader ends at `url`, or the address that they are led on to.
    fn answer(&mut self, url: &Url) -> anyhow::Result<Result<Fate, String>> {
        let found = self.ground.folder.answer(self.ground.base_path(), url.path());
        let (page, status) = match found {
            host::Answer::File(file) | host::Answer::Slash(file) => (Some(file), Status::Found),
            _ => (self.ground.folder.find("404.html"), Status::NotFound),
        };
        let query = url.query().unwrap_or_default();
        let script = page.map(|page| self.script(page)).transpose()?.flatten();
        if let Some(script) = &script {
            match script.step(url.path(), query, status) {
                Step::Stay => {}
                Step::Go(address) => return Ok(Err(address)),
                Step::Ask(questions) => return self.ask(script, &questions, (url, status)),
            }
        }
        let fate = match (page, status) {
            (Some(_), Status::Found) if script.is_none() && old_query::chooses(query) => {
                Fate::Unasked(url.path().to_owned())
            }
            (Some(page), Status::Found) => self.end_of(page),
            _ => Fate::Lost("no file is there".to_owned()),
        };
        Ok(Ok(fate))
    }

    fn end_of(&self, page: FileId) -> Fate {
        match self.survey.end_of(page) {
            Some(Target::File(file)) => Fate::File(file),
            Some(Target::Nothing | Target::Out) => {
                Fate::Lost("it leads on to a page that is not there".to_owned())
            }
            Some(Target::Elsewhere | Target::Ignored) => Fate::Elsewhere,
            None => Fate::Lost("it leads in a circle".to_owned()),
        }
    }

    fn ask(
        &mut self,
        script: &Script,
        questions: &Questions,
        (at, status): (&Url, Status),
    ) -> anyhow::Result<Result<Fate, String>> {
        for question in &questions.asked {
            let path = script.list(question);
            let Target::File(list) = self.ground.target(at.path(), &path) else {
                return Ok(Ok(Fate::Lost(format!("the list `{path}` is not there"))));
            };
            if let Some(answer) = self.list(list)?.get(question) {
                return Ok(Err(script.whole(&questions.lead(answer))));
            }
        }
        if let Some(shorter) = &questions.shorter {
            return Ok(Err(shorter.clone()));
        }
        let why = match status {
            Status::Found => "the lists of old addresses do not have it",
            Status::NotFound => "no file is there, and the lists of old addresses do not have it",
        };
        Ok(Ok(Fate::Lost(why.to_owned())))
    }

    fn script(&mut self, page: FileId) -> anyhow::Result<Option<Script>> {
        if let Some(known) = self.scripts.get(&page) {
            return Ok(known.clone());
        }
        let is_page = self.ground.folder.file(page).name.ends_with(".html");
        let script = match is_page {
            true => script::in_page(&self.ground.folder.text(page)?),
            false => None,
        };
        self.scripts.insert(page, script.clone());
        Ok(script)
    }

    fn list(&mut self, list: FileId) -> anyhow::Result<&HashMap<String, Answer>> {
        if !self.lists.contains_key(&list) {
            let text = self.ground.folder.text(list)?;
            let name = &self.ground.folder.file(list).name;
            let answers = serde_json::from_str(&text)
                .with_context(|| format!("cannot read {name}; build the site again"))?;
            self.lists.insert(list, answers);
        }
        Ok(&self.lists[&list])
    }
}
