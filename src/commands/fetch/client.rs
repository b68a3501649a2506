//! Asks a site, one thing at a time, and again if it is busy.

use std::fmt;
use std::io::{self, Read};
use std::thread;
use std::time::Duration;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use ureq::http::{Response, header};
use ureq::{Agent, Body};

use crate::commands::web;

/// How long an answer may take to begin.
const TIME_OUT: Duration = Duration::from_secs(60);

/// How often a site is asked that does not answer or is busy.
const ATTEMPTS: u32 = 4;

/// How many times longer each wait is than the one before.
const SLOWER: u32 = 5;

/// The longest wait that a site may ask for.
const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// How long an answer of the API may take once it has begun.
const LONGEST_READING: Duration = Duration::from_secs(5 * 60);

/// How long a file may take once it has begun: films are long, and lines slow.
const LONGEST_COPY: Duration = Duration::from_secs(60 * 60);

/// The longest answer of the API, in bytes.
const LONGEST_ANSWER: u64 = 1 << 30;

/// Asks a site.
#[derive(Debug)]
pub struct Client {
    agent: Agent,
    pause: Duration,
}

/// Who asks, with an application password. It is sent to the site alone: not where that leads on to.
pub struct Login {
    /// The name.
    pub user: String,
    /// The application password.
    pub password: String,
}

impl Login {
    fn header(&self) -> String {
        let Self { user, password } = self;
        format!("Basic {}", BASE64_STANDARD.encode(format!("{user}:{password}")))
    }
}

impl fmt::Debug for Login {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.debug_struct("Login").field("user", &self.user).finish_non_exhaustive()
    }
}

/// What a site answered.
#[derive(Debug)]
pub struct Reply {
    /// The status, such as 200.
    pub status: u16,
    /// All of what follows the head.
    pub bytes: Vec<u8>,
    /// How many pages the list has, if that is told.
    pub pages: Option<usize>,
}

/// Why a file was not copied.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum NotCopied {
    /// The site does not have it.
    Gone,
    /// Something went wrong. The text says what.
    Failed(String),
}

impl Client {
    /// Returns a client that waits for `pause` before each question.
    pub fn new(pause: Duration) -> Self {
        let config = web::agent()
            .timeout_connect(Some(TIME_OUT))
            .timeout_recv_response(Some(TIME_OUT))
            .user_agent(concat!("stillpress/", env!("CARGO_PKG_VERSION"), " (saves the site)"))
            .build();
        Self { agent: config.into(), pause }
    }

    /// Asks for an answer of the API, as somebody who may see more if there is a `login`.
    ///
    /// # Errors
    /// The site does not answer, or breaks off. The text says how.
    pub fn ask(&self, address: &str, login: Option<&Login>) -> Result<Reply, String> {
        let mut answer = self.call(address, LONGEST_READING, login)?;
        let pages = text_of(&answer, "x-wp-totalpages").and_then(|count| count.parse().ok());
        let body = answer.body_mut().with_config().limit(LONGEST_ANSWER).read_to_vec();
        let bytes = body.map_err(|error| format!("it breaks off: {error}"))?;
        Ok(Reply { status: answer.status().as_u16(), bytes, pages })
    }

    /// Asks for a file, and copies it to `to`.
    ///
    /// # Errors
    /// The site has no such file or does not answer, or it cannot be written.
    pub fn copy(&self, address: &str, to: &mut impl io::Write) -> Result<(), NotCopied> {
        let failed = |reason: &str| Err(NotCopied::Failed(reason.to_owned()));
        let answer = self.call(address, LONGEST_COPY, None).map_err(NotCopied::Failed)?;
        match answer.status().as_u16() {
            200 => {}
            404 | 410 => return Err(NotCopied::Gone),
            status => return failed(&format!("it answers {status}")),
        }
        // Sites answer with a page of their own for what they do not have.
        let kind = text_of(&answer, header::CONTENT_TYPE.as_str()).unwrap_or_default();
        let kind = kind.to_ascii_lowercase();
        if kind.starts_with("text/html") || kind.starts_with("application/json") {
            return Err(NotCopied::Gone);
        }
        let length = text_of(&answer, header::CONTENT_LENGTH.as_str());
        let length: Option<u64> = length.and_then(|length| length.parse().ok());
        let mut body = answer.into_body().into_reader();
        let copied = io::copy(&mut body.by_ref(), to);
        let copied = copied.map_err(|error| NotCopied::Failed(error.to_string()))?;
        match copied {
            0 => failed("it is empty"),
            _ if length.is_some_and(|length| copied < length) => failed("it breaks off"),
            _ => Ok(()),
        }
    }

    /// Asks until there is an answer that is to be taken at its word.
    fn call(
        &self,
        address: &str,
        patience: Duration,
        login: Option<&Login>,
    ) -> Result<Response<Body>, String> {
        let mut wait = self.pause;
        let mut attempt = 1;
        loop {
            thread::sleep(wait);
            let question = self.agent.get(address).config();
            let mut question = question.timeout_recv_body(Some(patience)).build();
            if let Some(login) = login {
                question = question.header(header::AUTHORIZATION, login.header());
            }
            let answer = question.call();
            let asked = match &answer {
                Ok(answer) if !is_busy(answer.status().as_u16()) => None,
                Ok(answer) => Some(text_of(answer, header::RETRY_AFTER.as_str())),
                Err(ureq::Error::BadUri(_) | ureq::Error::TooManyRedirects) => None,
                Err(_) => Some(None),
            };
            let Some(asked) = asked.filter(|_| attempt < ATTEMPTS) else {
                return answer.map_err(|error| format!("it does not answer: {error}"));
            };
            let asked = asked.and_then(|seconds| seconds.parse().ok()).map(Duration::from_secs);
            attempt += 1;
            wait = asked.unwrap_or(wait * SLOWER).min(LONGEST_WAIT);
        }
    }
}

/// Whether a status says that the same question may be answered later.
fn is_busy(status: u16) -> bool {
    matches!(status, 429 | 500 | 502 | 503 | 504)
}

fn text_of(answer: &Response<Body>, name: &str) -> Option<String> {
    Some(answer.headers().get(name)?.to_str().ok()?.to_owned())
}
