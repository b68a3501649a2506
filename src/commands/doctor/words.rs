//! Numbers and lists in words. Pure.

/// How many ids are told one by one.
const TOLD: usize = 12;

/// Returns `post 5`, or `2 posts (5, 7)` with the first few of many ids.
pub fn by_id(ids: &[u64], one: &str, many: &str) -> String {
    if let [id] = ids {
        return format!("{one} {id}");
    }
    let told: Vec<String> = ids.iter().take(TOLD).map(u64::to_string).collect();
    let rest = if ids.len() > TOLD { ", …" } else { "" };
    format!("{} {many} ({}{rest})", ids.len(), told.join(", "))
}

/// Returns `the name of post 5`, or `the names of 2 posts (5, 7)`.
pub fn of_each(what: [&str; 2], ids: &[u64], one: &str, many: &str) -> String {
    let what = if ids.len() == 1 { what[0] } else { what[1] };
    format!("{what} of {}", by_id(ids, one, many))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_ids_are_told_by_their_number_and_the_first_of_them() {
        let name = ["the name", "the names"];
        assert_eq!(of_each(name, &[5], "tag", "tags"), "the name of tag 5");
        assert_eq!(of_each(name, &[5, 7], "tag", "tags"), "the names of 2 tags (5, 7)");
        let many: Vec<u64> = (1..=40).collect();
        assert!(by_id(&many, "tag", "tags").ends_with("10, 11, 12, …)"));
    }
}
