//! Which files of the media library a shortcode shows.

use std::collections::HashSet;

use crate::content::context::Context;
use crate::content::shortcode_grammar::Attributes;
use crate::content::shortcodes::Progress;
use crate::content::shortcodes::caption::leading_number;
use crate::content::surroundings::AttachmentFacts;
use crate::model::PostId;

/// Returns the files a shortcode called `name` shows, of those kinds whose types begin with `kind`:
/// those it names, in their order, else those uploaded to the post. Tells of what is not there.
pub fn chosen(
    name: &str,
    kind: &str,
    attributes: &Attributes<'_>,
    (context, progress): (&Context<'_>, &mut Progress),
) -> Vec<AttachmentFacts> {
    let named = attributes.filled("ids").or_else(|| attributes.filled("include"));
    let mut files = Vec::new();
    if let Some(ids) = named {
        for id in ids_of(ids) {
            match context.surroundings.attachment(id) {
                Some(file) => files.push(file),
                None => progress.lacks(name, Some(id), context),
            }
        }
    } else {
        files = context.surroundings.attachments_of(owner(attributes, context));
        if files.is_empty() {
            progress.lacks(name, None, context);
        }
        let excluded: HashSet<PostId> =
            attributes.filled("exclude").map(|ids| ids_of(ids).collect()).unwrap_or_default();
        files.retain(|file| !excluded.contains(&file.id));
    }
    files.retain(|file| file.mime_type.starts_with(kind));
    files
}

/// Returns the post whose uploads a shortcode shows: mostly the one it stands in.
pub fn owner(attributes: &Attributes<'_>, context: &Context<'_>) -> PostId {
    attributes.get("id").map_or(context.setting.post, |id| PostId(number(id)))
}

/// Reads ids that commas or spaces part. What is no number is passed over, and so is an id that
/// stood before.
fn ids_of(list: &str) -> impl Iterator<Item = PostId> {
    let mut seen = HashSet::new();
    let ids = list.split([',', ' ', '\n', '\t']).map(number).filter(|id| *id > 0);
    ids.filter(move |id| seen.insert(*id)).map(PostId)
}

fn number(text: &str) -> u64 {
    leading_number(text).unsigned_abs()
}
