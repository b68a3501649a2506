//! What there is to tell of an export, gathered before any of it is printed. Pure.

use serde::Serialize;

use crate::commands::api::Api;
use crate::commands::doctor::evidence::Evidence;
use crate::commands::doctor::holdings::{self, Holdings};
use crate::commands::doctor::lacks::{self, Certainty, Kind, Lack};
use crate::commands::doctor::saving::{self, Names, Save};

/// What there is to tell of an export.
#[derive(Debug, Serialize)]
pub struct Findings {
    /// What it holds.
    pub holds: Holdings,
    /// What it lacks: first what it refers to, then what it may lack.
    pub lacks: Vec<Finding>,
}

/// Something an export lacks, and how to save it.
#[derive(Debug, Serialize)]
pub struct Finding {
    /// A stable name for programs.
    pub kind: Kind,
    /// Whether the old site surely has it.
    pub certainty: Certainty,
    /// What it is.
    pub what: String,
    /// What the new site is like without it: a sentence.
    pub without: String,
    /// The ids of what is missing, if they are known.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ids: Vec<u64>,
    /// What to save.
    pub save: Vec<Save>,
}

/// Gathers what there is to tell.
pub fn gather(evidence: &Evidence<'_>, api: &Api) -> Findings {
    let mut names = Names::of(evidence.saved_files());
    let lacks = lacks::find(evidence);
    Findings {
        holds: holdings::count(evidence, api),
        lacks: lacks.into_iter().map(|lack| finding(lack, api, &mut names)).collect(),
    }
}

fn finding(lack: Lack, api: &Api, names: &mut Names) -> Finding {
    let Lack { kind, certainty, what, without, ids, requests, media } = lack;
    let answers = requests.iter().map(|request| saving::answers(request, api, names));
    let mut save: Vec<Save> = answers.collect();
    save.extend(media.iter().filter_map(|file| saving::media_file(file, api)));
    Finding { kind, certainty, what, without, ids, save }
}
