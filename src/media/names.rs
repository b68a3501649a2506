//! What addresses, paths and names say of files of the media library.

use std::sync::LazyLock;

use memchr::memmem::Finder;
use percent_encoding::percent_decode_str;
use url::form_urlencoded;

use crate::media_types::is_media;
use crate::names::decoded;

/// Every address of every body is searched for it.
static UPLOADS: LazyLock<Finder<'_>> = LazyLock::new(|| Finder::new("wp-content/uploads/"));

/// The same where the folder of content is called otherwise, such as `app`.
static RENAMED: LazyLock<Finder<'_>> = LazyLock::new(|| Finder::new("/uploads/"));

/// Where WordPress.com has the files of a site: what follows is as below the uploads folder.
static FILES_HOST: LazyLock<Finder<'_>> = LazyLock::new(|| Finder::new(".files.wordpress.com/"));

/// Returns the decoded path below the uploads folder of a file's address.
pub fn path_of(address: &str) -> Option<String> {
    let told = after(&UPLOADS, address).or_else(|| after(&FILES_HOST, address));
    told.or_else(|| renamed(address)).and_then(plain_path)
}

fn after<'a>(finder: &Finder<'_>, address: &'a str) -> Option<&'a str> {
    let start = finder.find(address.as_bytes())?;
    Some(&address[start + finder.needle().len()..])
}

/// Returns what follows a folder of uploads that is not where WordPress puts it: in a folder of content
/// of another name, or, as in old networks of sites (`/files/2012/03/`) and on hosts that have nothing
/// but files, in one that only its folders of years and months show.
fn renamed(address: &str) -> Option<&str> {
    let path = address.split(['?', '#']).next()?;
    let is_page = || matches!(ending(path), "html" | "htm" | "php");
    if !name(path).contains('.') || is_page() {
        return None;
    }
    // What else lies there is in folders of its own.
    if path.contains("wp-content/") {
        return if path.contains("wp-content/blogs.dir/") { dated(path) } else { None };
    }
    after(&RENAMED, path).or_else(|| dated(path))
}

/// Returns what follows the folder that holds a year, a month, and a file in it.
fn dated(path: &str) -> Option<&str> {
    let end = path.rfind('/')?;
    let start = end.checked_sub("/2012/03".len())?;
    let shape =
        path.get(start..end)?.bytes().map(|byte| if byte.is_ascii_digit() { b'0' } else { byte });
    let is_dated = shape.eq(*b"/0000/00") && is_media(name(path));
    is_dated.then(|| &path[start + 1..])
}

/// Returns the folder that a network of sites has for one of them, such as `sites/7`, in a path below
/// the uploads folder.
pub fn site_folder(path: &str) -> Option<&str> {
    let number = path.strip_prefix("sites/")?.split('/').next()?;
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| &path[.."sites/".len() + number.len()])
}

/// Returns the picture that plugins made one of another kind of: of `lake.jpg.webp`, `lake.jpg`.
pub fn converted_from(path: &str) -> Option<&str> {
    let (inner, ending) = path.rsplit_once('.')?;
    let is_copy = matches!(ending, "webp" | "avif") && is_media(name(inner));
    is_copy.then_some(inner)
}

/// Returns the path of a file that an address begins with, decoded.
pub fn plain_path(address: &str) -> Option<String> {
    let path = address.split(['?', '#']).next().unwrap_or("");
    let decoded = decoded(percent_decode_str(path).into());
    let is_plain = decoded.split('/').all(|segment| !matches!(segment, "" | "." | ".."));
    is_plain.then_some(decoded)
}

/// Returns whether an address ends as that of the file at `path` would, or of one of its sizes.
pub fn is_named_as(address: &str, path: &str) -> bool {
    let address = address.split(['?', '#']).next().unwrap_or_default();
    let asked = percent_decode_str(name(address)).decode_utf8_lossy();
    stem(&asked) == stem(name(path))
}

/// Takes ending, size and WordPress's own additions from a path: what all sizes have in common.
pub fn stem(path: &str) -> &str {
    let (folders, _) = path.rsplit_once('/').unwrap_or(("", path));
    let start = if folders.is_empty() { 0 } else { folders.len() + 1 };
    let end = path[start..].rfind('.').map_or(path.len(), |dot| start + dot);
    let mut stem = &path[..end];
    if let Some(dash) = stem.rfind('-').filter(|dash| *dash > start)
        && size_of(&stem[dash + 1..]).is_some()
    {
        stem = &stem[..dash];
    }
    for addition in ["-scaled", "-rotated"] {
        stem = stem.strip_suffix(addition).unwrap_or(stem);
    }
    stem
}

/// Returns what follows the last dot of a path.
pub fn ending(path: &str) -> &str {
    path.rsplit_once('.').map_or("", |(_, ending)| ending)
}

/// Returns the size in a name such as `lake-300x200.jpg`.
pub fn size_in_name(name: &str) -> Option<(u32, u32)> {
    let (stem, _) = name.rsplit_once('.')?;
    size_of(stem.rsplit_once('-')?.1)
}

/// Returns how large a picture was asked for in the query of its address, as services that make
/// pictures small understand it, if that is smaller than it is. Its shape stays.
pub fn size_asked(address: &str, (width, height): (u32, u32)) -> Option<(u32, u32)> {
    let query = address.split_once('?')?.1.split('#').next()?.replace("&amp;", "&");
    let value = |name: &str| {
        form_urlencoded::parse(query.as_bytes())
            .find(|(key, _)| key == name)
            .map(|(_, value)| value)
    };
    let both = value("resize").or_else(|| value("fit"));
    let (most_wide, most_high) = match both.as_deref().and_then(|both| both.split_once(',')) {
        Some((width, height)) => (width.parse().ok(), height.parse().ok()),
        None => {
            let side = |name: &str| value(name)?.parse::<u32>().ok();
            (side("w"), side("h"))
        }
    };
    let share = |most: Option<u32>, side: u32| most.map(|most| f64::from(most) / f64::from(side));
    let shares = [share(most_wide, width), share(most_high, height)];
    let share = shares.into_iter().flatten().fold(1.0, f64::min);
    let side = |side: u32| (f64::from(side) * share).round() as u32;
    let size = (side(width), side(height));
    (share < 1.0 && size.0 > 0 && size.1 > 0).then_some(size)
}

/// Returns the last part of a path.
pub fn name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}

fn size_of(text: &str) -> Option<(u32, u32)> {
    let (width, height) = text.split_once('x')?;
    Some((width.parse().ok()?, height.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_sizes_of_a_picture_have_one_stem() {
        for path in ["2026/06/lake-300x200.jpg", "2026/06/lake.webp", "2026/06/lake-scaled.jpg"] {
            assert_eq!(stem(path), "2026/06/lake");
        }
        assert_eq!(stem("2026/06/route-66.jpg"), "2026/06/route-66");
        assert_eq!(stem("a.b/c"), "a.b/c");
    }

    #[test]
    fn addresses_below_uploads_are_decoded_and_cannot_climb() {
        let path = path_of("https://news.example/wp-content/uploads/2026/%e0%bd%96.jpg?x=1");
        assert_eq!(path.as_deref(), Some("2026/བ.jpg"));
        let path = path_of("https://news.files.wordpress.com/2026/06/lake.jpg?w=300");
        assert_eq!(path.as_deref(), Some("2026/06/lake.jpg"));
        assert_eq!(path_of("/wp-content/uploads/../../secret"), None);
        assert_eq!(path_of("/wp-content/uploads/%2e%2e/secret"), None);
    }

    #[test]
    fn a_folder_of_uploads_may_be_called_otherwise() {
        let check = |address: &str, expected: Option<&str>| {
            assert_eq!(path_of(address).as_deref(), expected, "{address}");
        };
        check("https://news.example/app/uploads/2020/05/a%20b.jpg?x=1", Some("2020/05/a b.jpg"));
        check("/content/uploads/walk.gpx", Some("walk.gpx"));
        check("/physics/files/2012/03/paper.pdf#page=2", Some("2012/03/paper.pdf"));
        check("/wp-content/blogs.dir/7/files/2012/03/a.jpg", Some("2012/03/a.jpg"));
        check("https://media.news.example/2020/05/a.jpg", Some("2020/05/a.jpg"));
        for other in [
            "/uploads/",
            "/uploads/about",
            "/uploads/about.html",
            "/2012/03/title.html",
            "/2012/3/a.jpg",
            "/wp-content/gallery/2012/03/a.jpg",
            "/wp-content/plugins/b/uploads/a.jpg",
            "/a/?from=/uploads/a.jpg",
        ] {
            check(other, None);
        }
    }

    #[test]
    fn a_network_has_a_folder_for_each_site() {
        assert_eq!(site_folder("sites/7/2015/03/a.jpg"), Some("sites/7"));
        assert_eq!(site_folder("sites/a/b.jpg"), None);
        assert_eq!(site_folder("2015/03/a.jpg"), None);
    }

    #[test]
    fn a_picture_is_as_large_as_it_was_asked_for() {
        let check = |query: &str, expected: Option<(u32, u32)>| {
            let address = format!("https://news.example/lake.jpg?{query}");
            assert_eq!(size_asked(&address, (1200, 800)), expected, "{query}");
        };
        check("w=600", Some((600, 400)));
        check("w=600&h=100", Some((150, 100)));
        check("resize=300%2C200&ssl=1", Some((300, 200)));
        check("fit=400,400", Some((400, 267)));
        check("w=2000", None);
        check("w=0", None);
        check("ssl=1", None);
    }

    #[test]
    fn an_address_names_a_file_in_any_size() {
        let path = "2026/06/lake-scaled.jpg";
        assert!(is_named_as("https://cdn.example/x/lake-300x200.jpg?ssl=1", path));
        assert!(!is_named_as("https://cdn.example/2026/06/sea.jpg", path));
    }
}
