//! What addresses are made of: scheme, host, path.

use std::collections::BTreeSet;

/// Returns the host of an address, with its port, without `www.`.
pub fn host_of(address: &str) -> Option<String> {
    let (_, rest) = address.split_once("://")?;
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    (end > 0).then(|| without_www(&rest[..end].to_ascii_lowercase()))
}

pub(super) fn path_of(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let path = rest.find('/').map_or("", |start| &rest[start..]);
    path.split(['?', '#']).next().unwrap_or("")
}

pub(super) fn without_www(host: &str) -> String {
    host.strip_prefix("www.").unwrap_or(host).to_owned()
}

/// Returns the host of an absolute address, and what follows it. Photon, which makes pictures small,
/// says host and path after its own name, and in its query how small.
pub(super) fn parts(address: &str) -> Option<(&str, &str)> {
    let rest = match address.strip_prefix("//") {
        Some(rest) => rest,
        None => {
            let (scheme, rest) = address.split_once("://")?;
            let is_web =
                scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
            is_web.then_some(rest)?
        }
    };
    let (host, path) = split_host(rest);
    let is_photon = host.len() == "i0.wp.com".len()
        && host.starts_with(['i', 'I'])
        && matches!(host.as_bytes()[1], b'0'..=b'3')
        && host[2..].eq_ignore_ascii_case(".wp.com");
    let inner = path.strip_prefix('/').filter(|_| is_photon);
    let inner = inner.map(|inner| split_host(inner.split(['?', '#']).next().unwrap_or_default()));
    Some(inner.filter(|(_, path)| path.len() > 1).unwrap_or((host, path)))
}

/// Cuts an address after its host, which is returned without the name of a user.
fn split_host(address: &str) -> (&str, &str) {
    let end = address.find(['/', '?', '#']).unwrap_or(address.len());
    let (host, path) = address.split_at(end);
    (host.rsplit('@').next().unwrap_or(host), path)
}

/// Returns whether a host is one of those that are known, however it is written.
pub(super) fn is_among(host: &str, known: &BTreeSet<String>) -> bool {
    let host = match host.get(..4) {
        Some(www) if www.eq_ignore_ascii_case("www.") => &host[4..],
        _ => host,
    };
    known.iter().any(|known| known.eq_ignore_ascii_case(host))
}

pub(super) fn has_scheme(address: &str) -> bool {
    address.split_once(':').is_some_and(|(before, _)| is_scheme(before))
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
}
