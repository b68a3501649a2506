//! What plugins leave that nothing answers, by the classes of widespread ones.

use crate::ledger::{Fate, How, Why};

/// What a part would do.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Part {
    /// Buttons to share a page.
    Sharing,
    /// Buttons to like or rate a page.
    Liking,
    /// Links that put something into a cart.
    Buying,
    /// A place for an advertisement.
    Advertisement,
    /// A sign that something is loading.
    Loading,
    /// What opens, closes or turns.
    Toggle,
    /// The heading of posts that a script would have listed.
    Related,
    /// A button with words, which stay.
    Button,
    /// A sign of a font that is not here.
    Sign,
    /// What is shown already.
    Copy,
    /// A request for consent to what is not loaded.
    Consent,
}

impl Part {
    /// Returns what is told of it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Sharing => "left out buttons to share a page",
            Self::Consent => "left out requests for consent, for nothing is loaded that needs it",
            Self::Sign => "left out signs of fonts that are not here",
            Self::Copy => "left out copies of what is shown already",
            Self::Liking => "left out buttons to like or rate a page",
            Self::Buying => "left out links that put something into a cart",
            Self::Advertisement => "left out places for advertisements",
            Self::Loading => "left out signs that something is loading, which nothing loads",
            Self::Toggle => "left out switches that only a script turns",
            Self::Related => {
                "left out the heading of related posts, which a script would have listed"
            }
            Self::Button => "buttons that only a script answers are plain text",
        }
    }

    /// Returns what it is called where it is counted.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sharing => "buttons to share",
            Self::Liking => "buttons to like",
            Self::Buying => "links into a cart",
            Self::Advertisement => "places for advertisements",
            Self::Loading => "signs of loading",
            Self::Toggle => "switches",
            Self::Related => "headings of related posts",
            Self::Button => "buttons",
            Self::Sign => "signs of fonts",
            Self::Consent => "requests for consent",
            Self::Copy => "copies",
        }
    }

    /// Returns what becomes of it.
    pub fn fate(self) -> Fate {
        match self {
            Self::Button => Fate::Degraded(How::Unanswered),
            Self::Sign | Self::Copy => Fate::Dropped(Why::Unshown),
            _ => Fate::Dropped(Why::Unanswered),
        }
    }
}

/// Returns whether a class is the name of such a part in widespread plugins.
pub fn is_known(class: &str) -> bool {
    known(class).is_some()
}

/// Tells what a class of widespread plugins stands for.
pub fn known(class: &str) -> Option<Part> {
    Some(match class {
        "sd-like"
        | "jetpack-likes-widget-wrapper"
        | "wp-block-jetpack-like"
        | "wpulike"
        | "kksr-stars" => Part::Liking,
        "sharedaddy"
        | "jetpack-sharing-buttons__services-list"
        | "wp-block-jetpack-sharing-buttons"
        | "addtoany_share_save_container"
        | "addtoany_content"
        | "addtoany_shortcode"
        | "a2a_kit"
        | "sharethis-inline-share-buttons"
        | "addthis_toolbox"
        | "addthis_inline_share_toolbox"
        | "at-below-post"
        | "at-above-post"
        | "swp_social_panel"
        | "heateor_sss_sharing_container"
        | "the_champ_sharing_container"
        | "essb_links"
        | "ssba"
        | "ssbp-wrap"
        | "mashsb-container"
        | "shareaholic-canvas"
        | "dpsp-content-wrapper"
        | "sfsi_responsive_icons"
        | "sfsiaftrpstwpr"
        | "et_social_inline"
        | "novashare-buttons"
        | "scriptlesssocialsharing"
        | "simplesocialbuttons"
        | "juiz_sps_links"
        | "supsystic-social-sharing"
        | "twitter-share-button"
        | "fb-like"
        | "fb-share-button"
        | "fb-send"
        | "g-plusone" => Part::Sharing,
        "adsbygoogle" | "google-auto-placed" | "ezoic-ad" | "adthrive-ad" | "mv-ad-box" => {
            Part::Advertisement
        }
        "ez-toc-title-toggle"
        | "ez-toc-cssicon-toggle-label"
        | "ez-toc-toggle"
        | "toc_toggle"
        | "lwptoc_toggle"
        | "footnote_reference_container_collapse_button" => Part::Toggle,
        "jp-relatedposts" => Part::Related,
        "cmplz-blocked-content-notice"
        | "cookieconsent-optout-marketing"
        | "cookieconsent-optout-statistics"
        | "cookieconsent-optout-preferences"
        | "rcb-content-blocker"
        | "video-placeholder-normal"
        | "video-placeholder-youtube"
        | "wt-cli-inner-text" => Part::Consent,
        _ => return None,
    })
}
