//! Says in plain words why git could not reach a repository or write to it. Pure.

use anyhow::anyhow;

/// How many lines of what git says are shown.
const SHOWN: usize = 12;

/// What git says, in lower case, and what it means.
const MEANINGS: &[(&[&str], &str)] = &[
    (
        &["stale info", "non-fast-forward", "fetch first", "failed to lock", "cannot lock ref"],
        "somebody else has changed the branch meanwhile; run the command again",
    ),
    (
        &["gh001", "exceeds github's file size limit"],
        "GitHub takes no file over 100 MB; make it smaller, or link to it at another place",
    ),
    (
        &["hook declined", "protected branch", "gh006", "gh013", "push declined"],
        "the host has a rule against it; read its words below, or ask who administers the \
         repository",
    ),
    (
        &["checked out branch", "branch is currently checked out"],
        "the branch is the one somebody works on there; choose another with --branch",
    ),
    (
        &["host key verification failed"],
        "the host is not known to this computer yet; connect to it once with ssh, and try again",
    ),
    (
        &[
            "authentication failed",
            "could not read username",
            "could not read password",
            "permission denied",
            "permission to",
            "access denied",
            "error: 401",
            "error: 403",
            "terminal prompts disabled",
            "invalid username or",
            "insufficient permission",
            "unable to create temporary object directory",
        ],
        "git may not do that with your account; sign in (for GitHub: install the program gh and \
         run `gh auth login`), and see that the account may write to the repository",
    ),
    (
        &[
            "could not resolve host",
            "temporary failure in name resolution",
            "name or service not known",
            "failed to connect",
            "couldn't connect",
            "connection timed out",
            "connection refused",
            "network is unreachable",
            "operation timed out",
            "connection reset",
            "unexpected disconnect",
            "the remote end hung up",
            "early eof",
        ],
        "the host cannot be reached; look at your connection and at the address, and try again",
    ),
    (
        &[
            "repository not found",
            "does not appear to be a git repository",
            "not found",
            "does not exist",
            "no such file or directory",
            "not a git repository",
        ],
        "there is no such repository, or your account may not see it; look at the address",
    ),
];

/// Returns the error for what git could not do. `told` is what it said.
pub fn in_words(doing: &str, told: &str) -> anyhow::Error {
    let lower = told.to_lowercase();
    let is_said = |signs: &&(&[&str], &str)| signs.0.iter().any(|sign| lower.contains(sign));
    let meaning = MEANINGS.iter().find(is_said).map_or("git could not do it", |(_, words)| words);
    let said = essence(told);
    if said.is_empty() {
        return anyhow!("cannot {doing}: {meaning}");
    }
    let said: Vec<String> = said.iter().map(|line| format!("    {line}")).collect();
    anyhow!("cannot {doing}: {meaning}. Git says:\n{}", said.join("\n"))
}

/// Returns the lines that say what went wrong, without progress and advice.
fn essence(told: &str) -> Vec<&str> {
    let lines = told.lines().filter_map(|line| line.rsplit('\r').find(|part| !part.is_empty()));
    let is_essential = |line: &&str| {
        let starts = ["fatal:", "error:", "ERROR", "remote:", " ! ", "ssh:", "git@", "Permission"];
        starts.iter().any(|start| line.starts_with(start)) && !line.contains("failed to push some")
    };
    let essential: Vec<&str> = lines.map(str::trim_end).filter(is_essential).collect();
    essential.into_iter().filter(|line| *line != "remote:").take(SHOWN).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(told: &str, expected: &str) {
        let error = in_words("publish", told).to_string();
        assert!(error.contains(expected), "{error}");
    }

    #[test]
    fn what_git_says_is_put_in_plain_words() {
        check("fatal: unable to access 'x': Could not resolve host: x", "cannot be reached");
        check("git@github.com: Permission denied (publickey).", "gh auth login");
        check("fatal: could not read Username for 'x': terminal prompts disabled", "gh auth login");
        check("remote: Repository not found.", "no such repository");
        check(" ! [rejected] a -> b (stale info)", "run the command again");
        check("remote: error: GH006: Protected branch update failed", "a rule against it");
        check("fatal: something new", "git could not do it");
    }

    #[test]
    fn progress_and_advice_are_not_repeated() {
        let told = "Counting: 1\rCounting: 100%, done.\nremote: \nremote: no\nhint: try\nerror: failed to push some refs\n";
        assert_eq!(essence(told), ["remote: no"]);
    }
}
