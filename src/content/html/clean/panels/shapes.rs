//! How accordions and tabs are written, by the classes of their parts: those of another plugin are a row
//! more.

/// How an item of an accordion is written: an element that holds a name, a panel, and nothing else.
#[derive(Debug)]
pub struct Accordion {
    /// The class of the item.
    pub item: &'static str,
    /// The class of its name.
    pub name: &'static str,
    /// The class of its panel.
    pub panel: &'static str,
    /// How it is told whether the item is open.
    pub state: State,
}

/// How it is told that an item is open.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum State {
    /// By a class of the item.
    OpenWith(&'static str),
    /// It is, but for a class of the item.
    ClosedWith(&'static str),
    /// By a class of the panel.
    ShownWith(&'static str),
    /// By what is around the items.
    FromAround,
}

/// Accordions of page builders.
pub const ACCORDIONS: [Accordion; 14] = [
    Accordion {
        item: "elementor-accordion-item",
        name: "elementor-tab-title",
        panel: "elementor-tab-content",
        state: State::FromAround,
    },
    Accordion {
        item: "elementor-toggle-item",
        name: "elementor-tab-title",
        panel: "elementor-tab-content",
        state: State::FromAround,
    },
    Accordion {
        item: "et_pb_toggle",
        name: "et_pb_toggle_title",
        panel: "et_pb_toggle_content",
        state: State::OpenWith("et_pb_toggle_open"),
    },
    Accordion {
        item: "vc_tta-panel",
        name: "vc_tta-panel-heading",
        panel: "vc_tta-panel-body",
        state: State::OpenWith("vc_active"),
    },
    Accordion {
        item: "vc_toggle",
        name: "vc_toggle_title",
        panel: "vc_toggle_content",
        state: State::OpenWith("vc_toggle_active"),
    },
    Accordion {
        item: "wpb_accordion_section",
        name: "wpb_accordion_header",
        panel: "wpb_accordion_content",
        state: State::FromAround,
    },
    Accordion {
        item: "su-spoiler",
        name: "su-spoiler-title",
        panel: "su-spoiler-content",
        state: State::ClosedWith("su-spoiler-closed"),
    },
    Accordion {
        item: "kt-accordion-pane",
        name: "kt-accordion-header-wrap",
        panel: "kt-accordion-panel",
        state: State::FromAround,
    },
    Accordion {
        item: "uagb-faq-item",
        name: "uagb-faq-questions-button",
        panel: "uagb-faq-content",
        state: State::FromAround,
    },
    Accordion {
        item: "ub-content-toggle-accordion",
        name: "ub-content-toggle-accordion-title-wrap",
        panel: "ub-content-toggle-accordion-content-wrap",
        state: State::ShownWith("ub-show"),
    },
    Accordion {
        item: "sp-ea-single",
        name: "ea-header",
        panel: "sp-collapse",
        state: State::ShownWith("show"),
    },
    Accordion {
        item: "fusion-panel",
        name: "panel-heading",
        panel: "panel-collapse",
        state: State::ShownWith("in"),
    },
    Accordion {
        item: "panel",
        name: "panel-heading",
        panel: "panel-collapse",
        state: State::ShownWith("in"),
    },
    Accordion {
        item: "accordion-item",
        name: "accordion-header",
        panel: "accordion-collapse",
        state: State::ShownWith("show"),
    },
];

/// How tabs are written.
#[derive(Debug)]
pub struct Tabs {
    /// The class of what is around all.
    pub around: &'static str,
    /// The class of what holds the tabs.
    pub list: &'static str,
    /// What the tabs in it are.
    pub tabs: Members,
    /// How a panel is known.
    pub panel: Sign,
}

/// What the tabs in a list are.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Members {
    /// Its buttons of this role.
    Buttons,
    /// All that stands in it.
    Children,
}

/// How a panel is known.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Sign {
    /// By a class.
    Class(&'static str),
    /// By its role.
    Role,
}

/// What is around WordPress's own tabs.
pub const CORE_TABS: &str = "wp-block-tabs";

/// Tabs of page builders, and first WordPress's own.
pub const TABS: [Tabs; 8] = [
    Tabs {
        around: CORE_TABS,
        list: "wp-block-tab-list",
        tabs: Members::Buttons,
        panel: Sign::Class("wp-block-tab-panel"),
    },
    Tabs {
        around: "elementor-tabs",
        list: "elementor-tabs-wrapper",
        tabs: Members::Children,
        panel: Sign::Class("elementor-tab-content"),
    },
    Tabs {
        around: "e-n-tabs",
        list: "e-n-tabs-heading",
        tabs: Members::Children,
        panel: Sign::Role,
    },
    Tabs {
        around: "et_pb_tabs",
        list: "et_pb_tabs_controls",
        tabs: Members::Children,
        panel: Sign::Class("et_pb_tab"),
    },
    Tabs {
        around: "wpb_tabs",
        list: "wpb_tabs_nav",
        tabs: Members::Children,
        panel: Sign::Class("wpb_tab"),
    },
    Tabs {
        around: "su-tabs",
        list: "su-tabs-nav",
        tabs: Members::Children,
        panel: Sign::Class("su-tabs-pane"),
    },
    Tabs {
        around: "kt-tabs-wrap",
        list: "kt-tabs-title-list",
        tabs: Members::Children,
        panel: Sign::Class("kt-tab-inner-content"),
    },
    Tabs {
        around: "uagb-tabs__wrap",
        list: "uagb-tabs__panel",
        tabs: Members::Children,
        panel: Sign::Class("uagb-tabs__body-container"),
    },
];
