//! What the blocks are, by their names.

use crate::content::block_html::plugins::left_out::Dead;
use crate::content::block_html::render::Place;
use crate::content::blocks::Node;

/// What a block is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Role {
    /// It is saved with all it shows.
    Saved,
    /// Without a server it is nothing.
    LeftOut(Dead),
    /// A form: what stands between its fields stays.
    Form,
    /// A link that looks like a button, or the button of a form.
    Button,
    /// It shows something of another site, whose address or id it tells.
    Link,
    /// The same, but it is saved as a frame, which leaves a hole.
    Frame,
    /// It shows pictures, which it names.
    Pictures,
    /// Places on a map.
    Map,
    /// When something happens.
    Countdown,
    /// When somebody is open.
    Hours,
    /// A site in a list of sites.
    Entry,
    /// A text in Markdown.
    Source,
    /// A question with answers to choose from.
    Poll,
    /// Something to buy.
    Product,
    /// A list of the site's posts.
    Posts,
}

/// So far before its button a form is looked for, in nodes.
const LONGEST_FORM: usize = 500;

/// Returns what a block is. `None` if it is none of these.
pub fn role(place: &Place<'_>) -> Option<Role> {
    let sends = |kind: &&str| place.block.json.contains(&format!("\"type\":\"{kind}\""));
    match &*place.block.name {
        "core/button" => {
            let is_of_form = ["submit", "reset"].iter().any(sends) && is_in_form(place);
            is_of_form.then_some(Role::LeftOut(Dead::Form))
        }
        name => of(name),
    }
}

fn is_in_form(place: &Place<'_>) -> bool {
    let before = &place.document.nodes[place.index.saturating_sub(LONGEST_FORM)..place.index];
    before.iter().any(|node| {
        matches!(node, Node::Block(block) if block.end > place.index && of(&block.name) == Some(Role::Form))
    })
}

/// Returns what the block of a name is.
pub fn of(name: &str) -> Option<Role> {
    match name.split_once('/')? {
        ("jetpack", name) => of_jetpack(name),
        ("premium-content", name) => Some(match name {
            "login-button" => Role::LeftOut(Dead::Buttons),
            _ => Role::Saved,
        }),
        ("crowdsignal-forms", name) => Some(match name {
            "poll" => Role::Poll,
            "feedback" | "nps" => Role::LeftOut(Dead::Form),
            _ => Role::LeftOut(Dead::Buttons),
        }),
        ("a8c" | "newspack-blocks", "blog-posts" | "homepage-articles")
        | ("a8c", "posts-carousel")
        | ("newspack-blocks", "carousel") => Some(Role::Posts),
        ("a8c", "timeline" | "timeline-item") => Some(Role::Saved),
        ("a8c", "event-countdown") => Some(Role::Countdown),
        ("newspack-blocks" | "a8c", "donate") => Some(Role::LeftOut(Dead::Payment)),
        ("polldaddy", "poll") => Some(Role::Link),
        ("videopress", "video") => Some(Role::Frame),
        _ => None,
    }
}

fn of_jetpack(name: &str) -> Option<Role> {
    Some(match name {
        "address"
        | "ai-assistant"
        | "blogroll"
        | "contact-info"
        | "conversation"
        | "dialogue"
        | "email"
        | "layout-grid"
        | "layout-grid-column"
        | "phone"
        | "rating-spicy"
        | "rating-price"
        | "rating-star"
        | "recipe"
        | "recipe-details"
        | "recipe-hero"
        | "recipe-ingredient-item"
        | "recipe-ingredients-list"
        | "recipe-step"
        | "recipe-steps"
        | "repeat-visitor"
        | "send-a-message"
        | "timeline"
        | "timeline-item" => Role::Saved,
        "blog-stats" | "cookie-consent" | "like" | "publicize" | "revue-login"
        | "sharing-button" | "sharing-buttons" | "subscriber-login" => Role::LeftOut(Dead::Buttons),
        "related-posts" | "top-posts" => Role::LeftOut(Dead::Choice),
        "wordads" => Role::LeftOut(Dead::Advertisement),
        "input" | "label" | "mailchimp" | "option" | "options" | "phone-input" | "revue"
        | "subscriptions" => Role::LeftOut(Dead::Form),
        "donations"
        | "payment-buttons"
        | "payments-intro"
        | "paypal-payment-buttons"
        | "recurring-payments" => Role::LeftOut(Dead::Payment),
        "contact-form" => Role::Form,
        "button" => Role::Button,
        "event-countdown" => Role::Countdown,
        "gif" | "videopress" => Role::Frame,
        "calendly" | "eventbrite" | "goodreads" | "google-calendar" | "google-docs-embed"
        | "instagram-gallery" | "nextdoor" | "opentable" | "pinterest" | "podcast-player"
        | "tock" | "whatsapp-button" => Role::Link,
        "image-compare" | "slideshow" | "story" | "tiled-gallery" => Role::Pictures,
        "map" => Role::Map,
        "business-hours" => Role::Hours,
        "blogroll-item" => Role::Entry,
        "markdown" => Role::Source,
        "simple-payments" => Role::Product,
        name if name.starts_with("field-") => Role::LeftOut(Dead::Form),
        name if name.starts_with("form-") => Role::Saved,
        _ => return None,
    })
}
