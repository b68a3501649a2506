//! What was probably meant by a name that is not known. Pure.

/// Returns the name in `known` that `name` was probably meant to be.
pub fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let scored = known.map(|candidate| (strsim::jaro_winkler(name, candidate), candidate));
    let best = scored.max_by(|(a, _), (b, _)| a.total_cmp(b));
    best.filter(|(score, _)| *score > 0.75).map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_meant_if_it_is_near() {
        let check = |name: &str, expected: Option<&str>| {
            assert_eq!(nearest(name, ["title", "timezone", "theme"].into_iter()), expected);
        };
        check("titel", Some("title"));
        check("time_zone", Some("timezone"));
        check("colour", None);
    }
}
