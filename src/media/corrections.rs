//! What the settings say of attachments that the export lacks, or has wrong.

use crate::config::Settings;
use crate::model::{Attachment, PostId};

/// Adds what the settings say of attachments that the export lacks.
pub(super) fn add(attachments: &mut Vec<Attachment>, settings: &Settings) {
    for (&id, told) in &settings.media.0 {
        let source_url = match told.file.contains("://") {
            true => told.file.clone(),
            false => {
                let path = told.file.trim_start_matches('/');
                // As people copy it, too.
                let below = path.strip_prefix("wp-content/uploads/");
                let below = below.or_else(|| path.strip_prefix("uploads/"));
                format!("/wp-content/uploads/{}", below.unwrap_or(path))
            }
        };
        let place = attachments.iter().position(|attachment| attachment.id == PostId(id));
        let place = place.unwrap_or_else(|| {
            attachments.push(Attachment { id: PostId(id), ..Attachment::default() });
            attachments.len() - 1
        });
        let attachment = &mut attachments[place];
        attachment.source_url = source_url.into();
        if let Some(alt) = &told.alt {
            attachment.alt = alt.as_str().into();
        }
        if let Some(caption) = &told.caption {
            attachment.caption = caption.as_str().into();
        }
    }
}
