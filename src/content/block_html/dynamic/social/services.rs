//! The services that have pages of people, with their names and signs.

/// A line for each: service, name, path.
const SERVICES: &str = include_str!("services.tsv");

/// A service as readers know it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Service {
    /// Such as `YouTube`.
    pub name: &'static str,
    /// Its sign as a path on a field of 24 by 24. Empty if it is a thing and nobody's.
    pub path: &'static str,
}

/// Returns the service that blocks call `key`, if it is known.
pub fn find(key: &str) -> Option<Service> {
    let mut fields = SERVICES.lines().map(|line| line.split('\t'));
    fields.find_map(|mut fields| {
        let is_it = fields.next() == Some(key);
        let service = Service { name: fields.next()?, path: fields.next()? };
        is_it.then_some(service)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_has_a_name_and_maybe_a_path() {
        let lines = SERVICES.lines().filter(|line| !line.starts_with('#'));
        for line in lines {
            let service = find(line.split('\t').next().unwrap_or_default()).expect(line);
            assert!(!service.name.is_empty(), "{line}");
            let is_path = |char: char| char.is_ascii_alphanumeric() || "-+., ".contains(char);
            assert!(service.path.chars().all(is_path), "{line}");
        }
        assert_eq!(find("youtube").map(|service| service.name), Some("YouTube"));
        assert_eq!(find("nobody"), None);
        assert_eq!(find("#"), None);
    }
}
