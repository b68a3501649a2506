//! The folder that a network of sites has for the files of one of them.

use std::collections::HashMap;

use crate::media::LocalFile;
use crate::media::names::{path_of, site_folder};
use crate::model::Attachment;

/// Returns the folder that a network of sites had for the one whose attachments these are, with a final
/// slash: empty if none tells, or not all the same.
pub(super) fn own_folder(attachments: &[Attachment]) -> String {
    let paths = attachments.iter().filter_map(|attachment| path_of(&attachment.source_url));
    let mut told: Vec<String> =
        paths.filter_map(|path| Some(format!("{}/", site_folder(&path)?))).collect();
    told.sort_unstable();
    told.dedup();
    if told.len() == 1 { told.swap_remove(0) } else { String::new() }
}

/// Lets files be where a network of sites had them, if they were copied from the folder of their site.
pub(super) fn put_into(folder: &str, files: &mut HashMap<Box<str>, LocalFile>) {
    if folder.is_empty() || files.keys().any(|path| path.starts_with(folder)) {
        return;
    }
    let copied = std::mem::take(files).into_iter();
    *files = copied.map(|(path, file)| (format!("{folder}{path}").into(), file)).collect();
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::stored::StoredFile;

    #[test]
    fn files_copied_from_the_folder_of_a_site_are_where_the_network_had_them() {
        let check = |path: &str, expected: &str| {
            let file = LocalFile {
                index: 0,
                file: StoredFile::Whole(PathBuf::new()),
                length: 1,
                modified: None,
            };
            let mut files = HashMap::from([(Box::from(path), file)]);
            put_into("sites/7/", &mut files);
            assert!(files.contains_key(expected), "{files:?}");
        };
        check("2015/03/a.jpg", "sites/7/2015/03/a.jpg");
        check("sites/7/2015/03/a.jpg", "sites/7/2015/03/a.jpg");
    }
}
