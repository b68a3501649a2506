//! Asks other sites whether what is linked to is still there: few at a time, each one after the
//! other, and none twice within days.

use std::collections::{BTreeMap, VecDeque};
use std::net::ToSocketAddrs as _;
use std::path::Path;
use std::sync::mpsc::{self, Sender};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use indicatif::ProgressBar;
use ureq::Agent;
use url::Url;

use crate::commands::check::addresses;
use crate::commands::check::remembered::{Remembered, Verdict};
use crate::commands::web;

/// How many hosts are asked at once.
const HOSTS: usize = 8;

/// How long to wait before the same host is asked again.
const PAUSE: Duration = Duration::from_millis(300);

/// How long an answer may take.
const TIME_OUT: Duration = Duration::from_secs(20);

/// How often what was learnt so far is saved.
const SAVE: Duration = Duration::from_secs(5);

/// The addresses of one host.
type Queue = (String, Vec<String>);

/// Returns what is known of each address, asking for those that were not asked for lately. What is
/// learnt is kept in the file `memory`.
///
/// # Errors
/// The file cannot be read or written, or no host at all can be found.
pub fn check<'a>(
    urls: impl Iterator<Item = &'a str>,
    memory: &Path,
    progress: &ProgressBar,
) -> anyhow::Result<BTreeMap<String, Verdict>> {
    let mut remembered = Remembered::open(memory)?;
    let mut known = BTreeMap::new();
    let mut hosts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for url in urls {
        match (remembered.verdict(url), addresses::host(url)) {
            (Some(verdict), _) => _ = known.insert(url.to_owned(), verdict),
            (None, Some(host)) => hosts.entry(host).or_default().push(url.to_owned()),
            (None, None) => {}
        }
    }
    let count: usize = hosts.values().map(Vec::len).sum();
    progress.set_length(count as u64);
    let queue: Mutex<VecDeque<Queue>> = Mutex::new(hosts.into_iter().collect());
    let (sender, learnt) = mpsc::channel();
    let mut are_all_unknown = count > 1;
    std::thread::scope(|scope| -> anyhow::Result<()> {
        for _ in 0..HOSTS {
            let (queue, sender) = (&queue, sender.clone());
            scope.spawn(move || work(queue, &sender));
        }
        drop(sender);
        let mut saved = Instant::now();
        for (url, verdict) in learnt {
            progress.inc(1);
            are_all_unknown &= verdict == Verdict::no_such_host();
            remembered.learn(&url, verdict.clone());
            known.insert(url, verdict);
            if saved.elapsed() > SAVE && !are_all_unknown {
                remembered.save()?;
                saved = Instant::now();
            }
        }
        Ok(())
    })?;
    anyhow::ensure!(!are_all_unknown, "no other site can be found; is this computer online?");
    if count > 0 {
        remembered.save()?;
    }
    Ok(known)
}

/// Asks one host after the other, until none is left.
fn work(queue: &Mutex<VecDeque<Queue>>, learnt: &Sender<(String, Verdict)>) {
    let agent = agent();
    loop {
        let next = queue.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
        let Some((_, urls)) = next else { return };
        let mut has_enough = false;
        for (number, url) in urls.into_iter().enumerate() {
            if number > 0 && !has_enough {
                std::thread::sleep(PAUSE);
            }
            let verdict = match has_enough {
                true => Verdict::Unsure("it does not want to be asked so often".to_owned()),
                false => ask(&agent, &url),
            };
            has_enough |= verdict == of_status(TOO_MANY);
            if learnt.send((url, verdict)).is_err() {
                return;
            }
        }
    }
}

fn agent() -> Agent {
    web::agent()
        .timeout_global(Some(TIME_OUT))
        .user_agent(concat!("stillpress/", env!("CARGO_PKG_VERSION"), " (checks links)"))
        .build()
        .into()
}

fn ask(agent: &Agent, url: &str) -> Verdict {
    match ask_host(agent, url) {
        // What failed before anybody answered may have nobody who could.
        Verdict::Unsure(_) if !has_host(url) => Verdict::no_such_host(),
        verdict => verdict,
    }
}

/// Returns whether the name of a host is known to the network this computer is in.
fn has_host(url: &str) -> bool {
    let Ok(url) = Url::parse(url) else { return true };
    let (Some(host), Some(port)) = (url.host_str(), url.port_or_known_default()) else {
        return true;
    };
    (host, port).to_socket_addrs().is_ok_and(|mut found| found.next().is_some())
}

/// Asks for the head alone first, which some hosts do not answer well.
fn ask_host(agent: &Agent, url: &str) -> Verdict {
    let head = agent.head(url).call().map(|answer| answer.status().as_u16());
    match head {
        Ok(status) if status < 400 => return Verdict::Alive,
        Ok(TOO_MANY) => return of_status(TOO_MANY),
        Err(ureq::Error::Timeout(_)) => return Verdict::Unsure("it does not answer".to_owned()),
        Ok(_) | Err(_) => {}
    }
    match agent.get(url).call() {
        Ok(answer) => of_status(answer.status().as_u16()),
        Err(ureq::Error::Timeout(_)) => Verdict::Unsure("it does not answer".to_owned()),
        Err(ureq::Error::TooManyRedirects) => Verdict::Gone("it leads in a circle".to_owned()),
        Err(error) => Verdict::Unsure(error.to_string()),
    }
}

/// The status by which a host says that it is asked too often.
const TOO_MANY: u16 = 429;

/// Returns what a status says to readers. Many hosts answer to programs otherwise than to people.
fn of_status(status: u16) -> Verdict {
    match status {
        0..400 => Verdict::Alive,
        404 | 410 => Verdict::Gone(format!("it answers {status}, there is no such page")),
        _ => Verdict::Unsure(format!("it answers {status}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_that_is_not_there_is_told_from_one_that_does_not_answer() {
        assert!(has_host("http://127.0.0.1:1/"));
        // The name is reserved: nobody's host has it.
        assert!(!has_host("http://nobody.invalid/"));
        assert_eq!(ask(&agent(), "http://nobody.invalid/"), Verdict::no_such_host());
        assert!(matches!(ask(&agent(), "http://127.0.0.1:1/"), Verdict::Unsure(_)));
    }
}
