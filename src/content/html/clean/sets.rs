//! Sets of a picture in several sizes, from which browsers choose.

use crate::content::html::clean::addresses;
use crate::content::html::clean::attributes::Attributes;
use crate::content::html::clean::body::Body;
use crate::content::html::clean::media::File;
use crate::content::surroundings::Target;

/// Rewrites a `srcset` and its `sizes`.
pub fn set(body: &mut Body<'_>, attributes: &mut Attributes<'_>, main: File) {
    if let Some(sizes) = attributes.get("sizes") {
        let rest = sizes.trim_start();
        let rest =
            rest.strip_prefix("auto").map_or(rest, |rest| rest.trim_start_matches([',', ' ']));
        match rest {
            "" => drop(attributes.remove("sizes")),
            _ => attributes.set("sizes", rest),
        }
    }
    let Some(old) = attributes.get("srcset") else { return };
    let mut here = Vec::new();
    let mut others = Vec::new();
    for (address, descriptor) in candidates(&old) {
        match body.surroundings.file(address) {
            Target::Here(new) => add_size(&mut here, new, descriptor),
            // The picture itself is told if it is lost; of its sizes one is enough.
            Target::Smaller(_) => {}
            Target::Lost(_) if main == File::Here => {}
            Target::Lost(old) => others.push((addresses::tidy(&old).into_owned(), descriptor)),
            Target::Elsewhere => others.push((addresses::tidy(address).into_owned(), descriptor)),
        }
    }
    let source = attributes.get("src").unwrap_or_default().into_owned();
    let is_source = |(address, _): &(String, &str)| *address == source;
    let has_sizes = candidates(&old).len() > 1 && here.iter().all(is_source);
    here.iter_mut().for_each(|(new, _)| *new = new.replace(' ', "%20").replace(',', "%2C"));
    let new = match here.is_empty() {
        true => others,
        // A set of nothing but the picture itself says nothing.
        false if has_sizes => Vec::new(),
        false => here,
    };
    let written = |(address, descriptor): &(String, &str)| match *descriptor {
        "" => address.clone(),
        descriptor => format!("{address} {descriptor}"),
    };
    match new.is_empty() {
        true => drop(attributes.remove("srcset")),
        false => {
            let written: Vec<String> = new.iter().map(written).collect();
            attributes.set("srcset", written.join(", "));
        }
    }
}

/// Makes the set that WordPress gives a picture as it shows it: in raw texts it is not saved.
pub fn make(body: &Body<'_>, attributes: &mut Attributes<'_>, source: &str) {
    let width = attributes.get("width").and_then(|width| width.parse::<u32>().ok());
    let Some(width) = width.filter(|width| *width > 0) else { return };
    let sizes = body.surroundings.sizes(source.trim());
    if sizes.len() < 2 {
        return;
    }
    let written = sizes.iter().map(|(address, width)| {
        format!("{} {width}w", address.replace(' ', "%20").replace(',', "%2C"))
    });
    attributes.set("srcset", written.collect::<Vec<_>>().join(", "));
    if !attributes.has("sizes") {
        attributes.set("sizes", format!("(max-width: {width}px) 100vw, {width}px"));
    }
}

/// Adds a size of a picture to a set. Where one file stands for several, which services made of it as
/// they were asked for, it is as wide as the widest.
fn add_size<'a>(sizes: &mut Vec<(String, &'a str)>, address: String, descriptor: &'a str) {
    let width = |descriptor: &str| descriptor.strip_suffix('w')?.parse::<u64>().ok();
    match sizes.iter_mut().find(|(other, _)| *other == address) {
        Some((_, known)) if width(known) < width(descriptor) => *known = descriptor,
        Some(_) => {}
        None => sizes.push((address, descriptor)),
    }
}

/// Cuts a `srcset` into addresses and descriptors. Addresses may hold commas, but not end with one.
fn candidates(set: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    let mut rest = set;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == ',');
        let end = rest.find(|c: char| c.is_ascii_whitespace()).unwrap_or(rest.len());
        let (address, after) = rest.split_at(end);
        if address.is_empty() {
            return found;
        }
        if address.ends_with(',') {
            found.push((address.trim_end_matches(','), ""));
            rest = after;
            continue;
        }
        let end = after.find(',').unwrap_or(after.len());
        found.push((address, after[..end].trim()));
        rest = &after[end..];
    }
}

#[cfg(test)]
mod tests {
    use crate::content::testing::check_rendered as check;

    const REST: &str = "loading=\"lazy\" decoding=\"async\"";
    const FILES: &str = "https://example.org/wp-content/uploads";

    #[test]
    fn sizes_that_are_lost_go_quietly() {
        check(
            &format!(
                "<img src=\"{FILES}/b.png\" alt=\"\" {REST} srcset=\"{FILES}/b-2.png 2x, {FILES}/lost.png 3x\" sizes=\"auto, 100vw\">"
            ),
            &format!(
                "<img src=\"/media/b.png\" alt=\"\" {REST} srcset=\"/media/b-2.png 2x\" sizes=\"100vw\">"
            ),
            &[],
        );
    }

    #[test]
    fn pictures_of_the_library_are_offered_in_all_their_sizes() {
        let check = |given: &str, expected: &str| {
            check(
                &format!("<img src=\"{FILES}/{given}>"),
                &format!("<img src=\"/media/{expected} {REST}>"),
                &[],
            );
        };
        let set = "srcset=\"/media/wide-300.png 300w, /media/wide.png 640w\"";
        let wide = "wide.png\" alt=\"\" width=\"640\"";
        check(wide, &format!("{wide} {set} sizes=\"(max-width: 640px) 100vw, 640px\""));
        let small = "wide.png\" alt=\"\" width=\"90\" sizes=\"90vw\"";
        check(small, &format!("{small} {set}"));
        // Without a width nobody knows how large it is shown.
        check("wide.png\" alt=\"\"", "wide.png\" alt=\"\"");
        check("other.png\" alt=\"\" width=\"9\"", "other.png\" alt=\"\" width=\"9\"");
    }

    #[test]
    fn a_file_that_stands_for_several_sizes_is_named_once() {
        let set = format!("srcset=\"{FILES}/b.png?w=300 300w, {FILES}/b.png?w=900 900w\"");
        let asked = "?w=300";
        check(
            &format!("<img src=\"{FILES}/b.png{asked}\" alt=\"\" {REST} {set}>"),
            &format!("<img src=\"/media/b.png\" alt=\"\" {REST}>"),
            &[],
        );
        check(
            &format!("<picture><source {set}></picture>"),
            "<picture><source srcset=\"/media/b.png 900w\"></picture>",
            &[],
        );
    }
}
