//! How other computers are asked: by `fetch` and by `check --external`, and by nothing else.

use ureq::Agent;
use ureq::config::ConfigBuilder;
use ureq::tls::{RootCerts, TlsConfig};
use ureq::typestate::AgentScope;

/// Returns what both have in common: what a site answers is an answer whatever its status, and it is
/// trusted if this computer trusts it, as browsers do. The latter counts behind programs against
/// viruses and in offices, which read what is sent and vouch for sites in their place.
pub fn agent() -> ConfigBuilder<AgentScope> {
    let tls = TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build();
    Agent::config_builder().tls_config(tls).http_status_as_error(false).max_redirects(10)
}
