//! Forms, which no static site can answer.

use crate::content::html::clean::addresses::{self, Kind};
use crate::content::html::clean::attributes::Attributes;
use crate::content::html::clean::body::Body;
use crate::content::html::clean::counting;
use crate::content::surroundings::Target;
use crate::ledger::{Fate, How};

const DROPPED: &str = "nothing: a static site has no accounts and takes no comments";
const DEAD: &str = "let a form service answer it, or link to an address to write to";

/// What a form is for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Purpose {
    /// Comments, accounts, passwords: nothing of it can work.
    WordPress,
    /// Finding posts.
    Search,
    /// The author's own.
    Other,
}

/// Whether anybody answers a form.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Answered {
    /// The search, or another site.
    BySomebody,
    /// It asks WordPress.
    ByNobody,
}

/// Tells what a form is for. `fields` are the names of its inputs: that of WordPress's search is `s`.
pub fn purpose(attributes: &Attributes<'_>, fields: &[String]) -> Purpose {
    let action = attributes.get("action").unwrap_or_default();
    let is_script = ["wp-comments-post.php", "wp-login.php", "wp-signup.php", "wp-admin/"]
        .iter()
        .any(|script| action.contains(script));
    let is_named = ["commentform", "loginform", "lostpasswordform"]
        .iter()
        .any(|name| attributes.is("id", name) || attributes.is("name", name));
    if is_script || is_named || attributes.has_class("post-password-form") {
        return Purpose::WordPress;
    }
    let is_search = attributes.is("role", "search") || fields.iter().any(|field| field == "s");
    if is_search { Purpose::Search } else { Purpose::Other }
}

/// Tells of a form that is left out.
pub fn tell_dropped(body: &mut Body<'_>) {
    body.findings.warn("form-dropped", "left out a form of WordPress's own", DROPPED);
}

/// Tells of a link or form for logging in that is left out.
pub fn tell_login(body: &mut Body<'_>) {
    let message = "left out a link for logging in";
    body.findings.warn("form-dropped", message, "nothing: a static site has no accounts");
}

/// Returns whether a control sends its form, or asks a script to.
pub fn sends(attributes: &Attributes<'_>, element: &str) -> bool {
    let kind = attributes.get("type").unwrap_or_default().to_ascii_lowercase();
    match element {
        "button" => !matches!(&*kind, "button" | "reset"),
        _ => matches!(&*kind, "submit" | "image" | "button"),
    }
}

/// Rewrites where a form sends its fields, and returns whether anybody answers there.
pub fn action(body: &mut Body<'_>, attributes: &mut Attributes<'_>, purpose: Purpose) -> Answered {
    let action = attributes.get("action").unwrap_or_default().into_owned();
    if purpose == Purpose::Search {
        let is_foreign = addresses::kind(&action) == Kind::Absolute
            && body.surroundings.link(action.trim()) == Target::Elsewhere;
        counting::form(body, purpose, if is_foreign { Fate::Kept } else { Fate::Converted });
        if is_foreign {
            attributes.set("action", addresses::tidy(&action));
            return Answered::BySomebody;
        }
        let target = match body.surroundings.link("/?s=") {
            Target::Here(address) => address,
            Target::Smaller(_) | Target::Elsewhere | Target::Lost(_) => "/search/".to_owned(),
        };
        attributes.set("action", target);
        return Answered::BySomebody;
    }
    let is_own = match addresses::kind(&action) {
        Kind::Absolute => body.surroundings.link(action.trim()) != Target::Elsewhere,
        Kind::Relative | Kind::Fragment => true,
        Kind::OtherScheme | Kind::Unsafe => false,
    };
    let fate = if is_own { Fate::Degraded(How::Unanswered) } else { Fate::Kept };
    counting::form(body, purpose, fate);
    if is_own {
        body.findings.warn(
            "dead-form",
            "a form asks WordPress for an answer, which is no longer there",
            DEAD,
        );
    }
    if action.trim().is_empty() {
        attributes.remove("action");
    } else {
        attributes.set("action", addresses::tidy(&action));
    }
    if is_own { Answered::ByNobody } else { Answered::BySomebody }
}

#[cfg(test)]
mod tests {
    use crate::content::testing::check_rendered as check;

    #[test]
    fn forms_of_wordpress_go() {
        check(
            "a<div id=\"respond\" class=\"comment-respond\"><h3>Reply</h3><form action=\"/wp-comments-post.php\"><input name=x></form></div>",
            "a",
            &["form-dropped"],
        );
        check("<form name=\"loginform\"><p>a</p></form>b", "b", &["form-dropped"]);
    }

    #[test]
    fn search_forms_search_here() {
        check(
            "<form role=\"search\" method=\"get\" action=\"https://example.org/\"><input name=\"s\"></form>",
            "<form role=\"search\" method=\"get\" action=\"/search/\"><input name=\"s\"></form>",
            &[],
        );
    }

    #[test]
    fn other_forms_stay() {
        check(
            "<form action=\"https://other.example/\"></form>",
            "<form action=\"https://other.example/\"></form>",
            &[],
        );
    }

    #[test]
    fn what_nobody_answers_is_not_sent() {
        check(
            "<form action=\"\"><input type=text><button>a</button><button type=\"button\">b</button><input type=\"submit\"></form><button id=\"d\">c</button><button>e</button>",
            "<form><input type=\"text\"><button disabled=\"\">a</button><button type=\"button\">b</button><input type=\"submit\" disabled=\"\"></form><span id=\"d\" class=\"was-button\">c</span><button>e</button>",
            &["dead-form", "dead-part"],
        );
    }
}
