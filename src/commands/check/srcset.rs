//! The candidates of a `srcset`. Pure.

/// Returns the addresses in a `srcset`: they may hold commas, but not end with one.
pub fn addresses(set: &str) -> impl Iterator<Item = &str> {
    let mut rest = set;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == ',');
        let end = rest.find(|c: char| c.is_ascii_whitespace()).unwrap_or(rest.len());
        let (address, after) = rest.split_at(end);
        if address.is_empty() {
            return None;
        }
        let has_descriptor = !address.ends_with(',');
        rest = match has_descriptor {
            true => after.find(',').map_or("", |comma| &after[comma..]),
            false => after,
        };
        Some(address.trim_end_matches(','))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(set: &str, expected: &[&str]) {
        assert_eq!(addresses(set).collect::<Vec<_>>(), expected, "{set}");
    }

    #[test]
    fn candidates_have_descriptors_or_not() {
        check("a.png 1x, b.png 2x", &["a.png", "b.png"]);
        check(" a.png 300w,\n b,c.png 600w ", &["a.png", "b,c.png"]);
        check("a.png, b.png", &["a.png", "b.png"]);
        check("a.png,b.png 2x", &["a.png,b.png"]);
        check("", &[]);
        check(", ,", &[]);
    }
}
