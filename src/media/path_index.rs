//! Finds files by paths that are not quite theirs: written in another way, or those of other sizes of
//! the same picture.

use std::cmp::Reverse;

use crate::media::names::{ending, name, size_in_name, stem};
use crate::names::{fold, is_one_text};
use crate::text_hash::{Places, TextHash};

/// Paths by what is alike in them.
#[derive(Debug)]
pub struct PathIndex {
    /// In order.
    paths: Vec<Box<str>>,
    /// By themselves as [`fold`] has them.
    by_spelling: Places,
    /// By their stems, in the same form.
    by_stem: Places,
}

/// A path that is another in another spelling.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Spelled<'a> {
    /// The path.
    pub path: &'a str,
    /// Whether it is the only one.
    pub choice: Choice,
}

/// Whether there was something to choose.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Choice {
    /// One is as good as another.
    Any,
    /// There is just one.
    Only,
}

/// A picture in another size than the one asked for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct OtherSize<'a> {
    /// Its path.
    pub path: &'a str,
    /// How large it is.
    pub fit: Fit,
}

/// How large a picture is that stands for another.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Fit {
    /// At least as large, as far as is known.
    Enough,
    /// Smaller.
    Smaller,
}

/// Width and height in pixels.
type Size = (u32, u32);

impl PathIndex {
    /// Looks at paths.
    pub fn new<'p>(paths: impl Iterator<Item = &'p str>) -> Self {
        let mut paths: Vec<Box<str>> = paths.map(Box::from).collect();
        paths.sort_unstable();
        let places = |text: fn(&str) -> &str| {
            let hash = |path: &str| TextHash::of(&fold(text(path)));
            Places::new(paths.iter().map(|path| hash(path)).zip(0..))
        };
        Self { by_spelling: places(|path| path), by_stem: places(stem), paths }
    }

    /// Returns the path that differs from another in nothing but how its letters are put together,
    /// else in nothing but that and capital letters.
    pub fn spelled(&self, path: &str) -> Option<Spelled<'_>> {
        let folded = fold(path);
        let alike = self.by_spelling.of(&folded);
        let alike: Vec<&str> = alike.map(|place| &*self.paths[place]).collect();
        let same: Vec<&str> =
            alike.iter().copied().filter(|other| is_one_text(path, other)).collect();
        let found = if same.is_empty() { &alike } else { &same };
        let choice = if found.len() > 1 { Choice::Any } else { Choice::Only };
        found.first().map(|path| Spelled { path, choice })
    }

    /// Returns the picture that may stand for one of its sizes: of the same shape and the smallest
    /// that is large enough, if there is such, else the largest. `size` tells what is known of a
    /// picture.
    pub fn other_size(
        &self,
        path: &str,
        size: impl Fn(&str) -> Option<Size>,
        is_allowed: impl Fn(&str) -> bool,
    ) -> Option<OtherSize<'_>> {
        let size = |path: &str| size_in_name(name(path)).or_else(|| size(path));
        let wanted = size(path);
        let kind = kind(path)?;
        let stem = fold(stem(path));
        let alike = self.by_stem.of(&stem).map(|place| &*self.paths[place]);
        let alike =
            alike.filter(|other| *other != path && self::kind(other).is_some_and(|it| it == kind));
        let best = alike.filter(|other| is_allowed(other)).min_by_key(|other| {
            let own = size(other);
            let is_enough = is_enough(own, wanted);
            let (width, _) = own.unwrap_or((u32::MAX, 0));
            let by_width = if is_enough { (width, Reverse(0)) } else { (0, Reverse(width)) };
            (!is_enough, !has_shape(own, wanted), by_width)
        })?;
        let fit = if is_enough(size(best), wanted) { Fit::Enough } else { Fit::Smaller };
        Some(OtherSize { path: best, fit })
    }
}

/// Returns the ending of a picture's path, as one that means the same.
fn kind(path: &str) -> Option<String> {
    let is_image = mime_guess::from_path(path).first().is_some_and(|kind| kind.type_() == "image");
    let ending = ending(path).to_ascii_lowercase();
    is_image.then(|| if ending == "jpeg" { "jpg".to_owned() } else { ending })
}

/// What WordPress made no size of is as large as can be.
fn is_enough(own: Option<Size>, wanted: Option<Size>) -> bool {
    match (own, wanted) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(own), Some(wanted)) => own.0 >= wanted.0 && own.1 >= wanted.1,
    }
}

fn has_shape(own: Option<Size>, wanted: Option<Size>) -> bool {
    let (Some(own), Some(wanted)) = (own, wanted) else { return true };
    let shape = |(width, height): Size| f64::from(height) / f64::from(width.max(1));
    (shape(own) - shape(wanted)).abs() * f64::from(wanted.0.min(own.0)) <= 1.5
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_spelling(paths: &[&str], path: &str, expected: Option<(&str, Choice)>) {
        let path_index = PathIndex::new(paths.iter().copied());
        let found = path_index.spelled(path).map(|it| (it.path, it.choice));
        assert_eq!(found, expected, "{path}");
    }

    #[test]
    fn a_name_may_be_written_in_another_way() {
        let (composed, decomposed) = ("2020/\u{dc}ber.jpg", "2020/U\u{308}ber.jpg");
        check_spelling(&[decomposed], composed, Some((decomposed, Choice::Only)));
        check_spelling(&[composed], decomposed, Some((composed, Choice::Only)));
        check_spelling(&["2020/LAKE.JPG"], "2020/lake.jpg", Some(("2020/LAKE.JPG", Choice::Only)));
        check_spelling(&["2020/lake.jpg"], "2021/lake.jpg", None);
        check_spelling(&["བོད.jpg"], "བོ.jpg", None);
        let both = ["a/LAKE.jpg", "a/Lake.jpg"];
        check_spelling(&both, "a/lake.jpg", Some(("a/LAKE.jpg", Choice::Any)));
        let both = ["a/U\u{308}ber.jpg", "a/u\u{308}ber.jpg"];
        check_spelling(&both, "a/\u{fc}ber.jpg", Some((both[1], Choice::Only)));
    }

    #[track_caller]
    fn check_size(paths: &[&str], path: &str, expected: Option<(&str, Fit)>) {
        let path_index = PathIndex::new(paths.iter().copied());
        let size = |path: &str| (path == "a/known.jpg").then_some((1200, 800));
        let found = path_index.other_size(path, size, |path| !path.contains("secret"));
        assert_eq!(found.map(|it| (it.path, it.fit)), expected, "{path}");
    }

    #[test]
    fn a_picture_stands_for_its_sizes() {
        let enough = |path| Some((path, Fit::Enough));
        check_size(&["a/lake.jpg"], "a/lake-300x200.jpg", enough("a/lake.jpg"));
        check_size(&["a/lake-scaled.jpg"], "a/lake-300x200.jpg", enough("a/lake-scaled.jpg"));
        let sizes =
            ["a/lake-150x150.jpg", "a/lake-768x512.jpg", "a/lake-1024x683.jpg", "a/lake.jpg"];
        check_size(&sizes, "a/lake-300x200.jpg", enough("a/lake-768x512.jpg"));
        check_size(&sizes, "a/lake-1536x1024.jpg", enough("a/lake.jpg"));
        check_size(&sizes[1..], "a/lake-150x150.jpg", enough("a/lake.jpg"));
        check_size(&["a/LAKE.JPEG"], "a/lake-300x200.jpg", enough("a/LAKE.JPEG"));
        check_size(&["a/known.jpg"], "a/known-600x400.jpg", enough("a/known.jpg"));
    }

    #[test]
    fn a_smaller_size_is_better_than_none() {
        let smaller = |path| Some((path, Fit::Smaller));
        let sizes = ["a/lake-150x150.jpg", "a/lake-300x200.jpg", "a/lake-768x512.jpg"];
        check_size(&sizes, "a/lake.jpg", smaller("a/lake-768x512.jpg"));
        check_size(&sizes, "a/lake-1024x683.jpg", smaller("a/lake-768x512.jpg"));
        check_size(&["a/known.jpg"], "a/known-1536x1024.jpg", smaller("a/known.jpg"));
    }

    #[test]
    fn nothing_else_stands_for_a_picture() {
        for other in ["a/lake-2.jpg", "b/lake.jpg", "a/lake.png", "a/lake.pdf"] {
            check_size(&[other], "a/lake-300x200.jpg", None);
        }
        check_size(&["a/secret.jpg"], "a/secret-300x200.jpg", None);
        check_size(&["a/list.pdf"], "a/list-300x200.pdf", None);
    }
}
