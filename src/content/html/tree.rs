//! A tree that html5ever can build: flat, so that no depth of nesting can overflow the stack.

use std::borrow::Cow;
use std::cell::RefCell;

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::{Attribute, ExpandedName, QualName, ns};

use crate::content::html::names::is_raw;

/// Counts the nodes of a [`Tree`].
pub type Id = usize;

/// A parsed fragment.
#[derive(Debug, Default)]
pub struct Tree {
    /// Of which the first is the document.
    pub nodes: Vec<Node>,
}

/// A node and its relations.
#[derive(Debug)]
pub struct Node {
    /// What it is.
    pub kind: NodeKind,
    parent: Option<Id>,
    previous: Option<Id>,
    /// The node after it, below the same parent.
    pub next: Option<Id>,
    /// The first node below it.
    pub first: Option<Id>,
    last: Option<Id>,
}

/// What a node is.
#[derive(Debug)]
pub enum NodeKind {
    /// The root, and the content of a template.
    Fragment,
    /// An element.
    Element {
        /// With its namespace.
        name: QualName,
        /// Each name once.
        attributes: Vec<Attribute>,
        /// The content, if it is a template.
        template: Option<Id>,
    },
    /// Text, decoded.
    Text(StrTendril),
    /// What stands between `<!--` and `-->`.
    Comment(StrTendril),
}

/// Builds a [`Tree`] while html5ever parses.
#[derive(Debug)]
pub struct Sink(RefCell<Tree>);

impl Default for Sink {
    /// Returns a sink with nothing but the document.
    fn default() -> Self {
        let mut tree = Tree::default();
        tree.add(NodeKind::Fragment);
        Self(RefCell::new(tree))
    }
}

impl Sink {
    fn add(&self, kind: NodeKind) -> Id {
        self.0.borrow_mut().add(kind)
    }
}

impl Tree {
    /// Returns the name of the element around a text if its content is text whatever stands in it.
    pub fn raw_parent(&self, id: Id) -> Option<&str> {
        match &self.nodes[self.nodes[id].parent?].kind {
            NodeKind::Element { name, .. } if name.ns == ns!(html) => {
                Some(&*name.local).filter(|name| is_raw(name))
            }
            _ => None,
        }
    }

    fn add(&mut self, kind: NodeKind) -> Id {
        self.nodes.push(Node {
            kind,
            parent: None,
            previous: None,
            next: None,
            first: None,
            last: None,
        });
        self.nodes.len() - 1
    }

    fn detach(&mut self, id: Id) {
        let (parent, previous, next) = (
            self.nodes[id].parent.take(),
            self.nodes[id].previous.take(),
            self.nodes[id].next.take(),
        );
        match (previous, parent) {
            (Some(previous), _) => self.nodes[previous].next = next,
            (None, Some(parent)) => self.nodes[parent].first = next,
            (None, None) => {}
        }
        match (next, parent) {
            (Some(next), _) => self.nodes[next].previous = previous,
            (None, Some(parent)) => self.nodes[parent].last = previous,
            (None, None) => {}
        }
    }

    /// Puts `id` below `parent`, before `next` or last.
    fn insert(&mut self, parent: Id, id: Id, next: Option<Id>) {
        self.detach(id);
        let previous = match next {
            Some(next) => self.nodes[next].previous.replace(id),
            None => self.nodes[parent].last.replace(id),
        };
        match previous {
            Some(previous) => self.nodes[previous].next = Some(id),
            None => self.nodes[parent].first = Some(id),
        }
        let node = &mut self.nodes[id];
        (node.parent, node.previous, node.next) = (Some(parent), previous, next);
    }

    /// Puts a node or text below `parent`, before `next` or last. Text joins text.
    fn place(&mut self, parent: Id, child: NodeOrText<Id>, next: Option<Id>) {
        let text = match child {
            NodeOrText::AppendNode(id) => return self.insert(parent, id, next),
            NodeOrText::AppendText(text) => text,
        };
        let previous = match next {
            Some(next) => self.nodes[next].previous,
            None => self.nodes[parent].last,
        };
        if let Some(previous) = previous
            && let NodeKind::Text(before) = &mut self.nodes[previous].kind
        {
            before.push_tendril(&text);
            return;
        }
        let id = self.add(NodeKind::Text(text));
        self.insert(parent, id, next);
    }
}

impl TreeSink for Sink {
    type Handle = Id;
    type Output = Tree;
    type ElemName<'a> = ExpandedElement;

    fn finish(self) -> Tree {
        self.0.into_inner()
    }

    fn parse_error(&self, _message: Cow<'static, str>) {}

    fn get_document(&self) -> Id {
        0
    }

    fn elem_name<'a>(&'a self, target: &'a Id) -> ExpandedElement {
        let NodeKind::Element { name, .. } = &self.0.borrow().nodes[*target].kind else {
            unreachable!("html5ever asks only elements for their name");
        };
        ExpandedElement(name.clone())
    }

    fn create_element(
        &self,
        name: QualName,
        attributes: Vec<Attribute>,
        flags: ElementFlags,
    ) -> Id {
        let template = flags.template.then(|| self.add(NodeKind::Fragment));
        self.add(NodeKind::Element { name, attributes, template })
    }

    fn create_comment(&self, text: StrTendril) -> Id {
        self.add(NodeKind::Comment(text))
    }

    fn create_pi(&self, _target: StrTendril, data: StrTendril) -> Id {
        self.add(NodeKind::Comment(data))
    }

    fn append(&self, parent: &Id, child: NodeOrText<Id>) {
        self.0.borrow_mut().place(*parent, child, None);
    }

    fn append_based_on_parent_node(&self, element: &Id, previous: &Id, child: NodeOrText<Id>) {
        let has_parent = self.0.borrow().nodes[*element].parent.is_some();
        if has_parent {
            self.append_before_sibling(element, child);
        } else {
            self.append(previous, child);
        }
    }

    fn append_doctype_to_document(
        &self,
        _name: StrTendril,
        _public: StrTendril,
        _system: StrTendril,
    ) {
    }

    fn get_template_contents(&self, target: &Id) -> Id {
        match &self.0.borrow().nodes[*target].kind {
            NodeKind::Element { template: Some(template), .. } => *template,
            _ => *target,
        }
    }

    fn same_node(&self, one: &Id, other: &Id) -> bool {
        one == other
    }

    fn set_quirks_mode(&self, _mode: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Id, child: NodeOrText<Id>) {
        let mut tree = self.0.borrow_mut();
        if let NodeOrText::AppendNode(id) = child {
            tree.detach(id);
        }
        if let Some(parent) = tree.nodes[*sibling].parent {
            tree.place(parent, child, Some(*sibling));
        }
    }

    fn add_attrs_if_missing(&self, target: &Id, new: Vec<Attribute>) {
        if let NodeKind::Element { attributes, .. } = &mut self.0.borrow_mut().nodes[*target].kind {
            for attribute in new {
                if attributes.iter().all(|known| known.name != attribute.name) {
                    attributes.push(attribute);
                }
            }
        }
    }

    fn remove_from_parent(&self, target: &Id) {
        self.0.borrow_mut().detach(*target);
    }

    fn reparent_children(&self, node: &Id, new_parent: &Id) {
        let mut tree = self.0.borrow_mut();
        while let Some(child) = tree.nodes[*node].first {
            tree.insert(*new_parent, child, None);
        }
    }
}

/// An element's name, owned: the tree may grow while html5ever holds it.
#[derive(Debug)]
pub struct ExpandedElement(QualName);

impl html5ever::interface::ElemName for ExpandedElement {
    fn ns(&self) -> &html5ever::Namespace {
        &self.0.ns
    }

    fn local_name(&self) -> &html5ever::LocalName {
        &self.0.local
    }

    fn expanded(&self) -> ExpandedName<'_> {
        self.0.expanded()
    }
}
