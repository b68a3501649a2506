//! Signs for services, drawn for this project: a few things, and for all else the first letter of
//! the name, in lines on a field of 24 by 24.

/// Adds the drawing for a service to an `svg`.
pub fn push(html: &mut String, service: &str, label: &str) {
    let drawing = thing(service).or_else(|| letter(label)).unwrap_or(LINK);
    html.push_str("<path fill=\"none\" stroke=\"currentColor\" stroke-width=\"2\" stroke-linecap=\"round\" stroke-linejoin=\"round\" d=\"");
    html.push_str(drawing);
    html.push_str("\"></path>");
}

const LINK: &str = "M10 14l4-4M9 11l-3 3a3 3 0 0 0 4 4l3-3M15 13l3-3a3 3 0 0 0-4-4l-3 3";

fn thing(service: &str) -> Option<&'static str> {
    Some(match service {
        "chain" => LINK,
        "feed" => "M6 18h.01M6 12a6 6 0 0 1 6 6M6 6a12 12 0 0 1 12 12",
        "instagram" => {
            "M8 4h8a4 4 0 0 1 4 4v8a4 4 0 0 1-4 4H8a4 4 0 0 1-4-4V8a4 4 0 0 1 4-4zM12 9a3 3 0 1 0 0 6a3 3 0 1 0 0-6M16.5 7.5h.01"
        }
        "mail" => "M4 6h16v12H4zM4 7l8 6 8-6",
        "share" => "M7 12l10-5M7 12l10 5M17 7h.01M17 17h.01M7 12h.01",
        "soundcloud" | "spotify" | "bandcamp" => {
            "M9 17V6l9-2v11M9 17a2 2 0 1 1-4 0a2 2 0 1 1 4 0M18 15a2 2 0 1 1-4 0a2 2 0 1 1 4 0"
        }
        "telegram" => "M4 12l16-7-4 14-5-4zM11 15l9-10",
        "whatsapp" | "discord" => "M5 19l1-4a7 7 0 1 1 3 3z",
        "youtube" | "vimeo" | "twitch" => {
            "M6 6h12a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V8a2 2 0 0 1 2-2zM10 9.5v5l4.5-2.5z"
        }
        _ => return None,
    })
}

fn letter(label: &str) -> Option<&'static str> {
    Some(match label.chars().next()?.to_ascii_lowercase() {
        'a' => "M7 19l5-14 5 14M9 14h6",
        'b' => "M8 5h5a3.5 3.5 0 0 1 0 7H8zM8 12h5.5a3.5 3.5 0 0 1 0 7H8z",
        'c' => "M17 8a6 6.5 0 1 0 0 8",
        'd' => "M8 5h3a6 7 0 0 1 0 14H8z",
        'e' => "M16 5H8v14h8M8 12h6",
        'f' => "M16 5H8v14M8 12h6",
        'g' => "M17 8a6 6.5 0 1 0 0 8v-3h-4",
        'h' => "M7 5v14M17 5v14M7 12h10",
        'i' => "M12 5v14M9 5h6M9 19h6",
        'j' => "M15 5v10a4 4 0 0 1-7 2",
        'k' => "M8 5v14M17 5l-9 8M11 11l6 8",
        'l' => "M8 5v14h8",
        'm' => "M6 19V5l6 8 6-8v14",
        'n' => "M7 19V5l10 14V5",
        'o' | '0' => "M12 5a6 7 0 1 0 0 14a6 7 0 1 0 0-14",
        'p' => "M8 19V5h5a4 4 0 0 1 0 8H8",
        'q' => "M12 5a6 7 0 1 0 0 14a6 7 0 1 0 0-14M14 15l4 5",
        'r' => "M8 19V5h5a3.5 3.5 0 0 1 0 7H8M12 12l5 7",
        's' => "M16 7a4 3 0 0 0-4-2 4 3.5 0 0 0 0 7 4 3.5 0 0 1 0 7 4 3 0 0 1-4-2",
        't' => "M6 5h12M12 5v14",
        'u' => "M7 5v9a5 5 0 0 0 10 0V5",
        'v' => "M6 5l6 14 6-14",
        'w' => "M4 5l4 14 4-11 4 11 4-14",
        'x' => "M7 5l10 14M17 5L7 19",
        'y' => "M6 5l6 7 6-7M12 12v7",
        'z' => "M7 5h10L7 19h10",
        '5' => "M16 5H9l-1 6a5 4.5 0 1 1 0 7",
        _ => return None,
    })
}
