//! The signs of social links: those of the services, and for what is nobody's a few of this project.

use crate::content::block_html::dynamic::social::services::Service;

/// Adds the drawing for a service, or for what a block calls `key`, to an `svg`.
pub fn push(html: &mut String, key: &str, service: Option<Service>) {
    match service.map(|service| service.path) {
        None | Some("") => {
            html.push_str("<path fill=\"none\" stroke=\"currentColor\" stroke-width=\"2\" stroke-linecap=\"round\" stroke-linejoin=\"round\" d=\"");
            html.push_str(thing(key));
        }
        Some(path) => {
            html.push_str("<path d=\"");
            html.push_str(path);
        }
    }
    html.push_str("\"></path>");
}

fn thing(key: &str) -> &'static str {
    match key {
        "chain" => "M10 14l4-4M9 11l-3 3a3 3 0 0 0 4 4l3-3M15 13l3-3a3 3 0 0 0-4-4l-3 3",
        "feed" => "M6 18h.01M6 12a6 6 0 0 1 6 6M6 6a12 12 0 0 1 12 12",
        "mail" => "M4 6h16v12H4zM4 7l8 6 8-6",
        _ => "M7 12l10-5M7 12l10 5M17 7h.01M17 17h.01M7 12h.01",
    }
}
