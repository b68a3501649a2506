//! What browsers are told while they show the preview.

use std::convert::Infallible;

use axum::response::sse::{Event, KeepAlive, Sse};
use tokio::sync::watch::Receiver;
use tokio_stream::wrappers::WatchStream;
use tokio_stream::{Stream, StreamExt};

/// Where the events are. No page of a site can have the address: none begins with a dot.
pub const ADDRESS: &str = "/.stillpress/events";

/// How the last build went.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum State {
    /// The site is built for the nth time since the preview began, from 0.
    Built(usize),
    /// It could not be built, and why: the site is as it was before.
    Failed(String),
}

/// What every page of the preview holds: it loads the page again when the site was built again, and
/// shows what stopped a build.
pub const SCRIPT: &str = r#"<script>
(function () {
  var first = null, box = null, events;
  function listen() {
    events = new EventSource("/.stillpress/events");
    events.addEventListener("built", built);
    events.addEventListener("failed", failed);
  }
  function built(event) {
    if (box) { box.remove(); box = null; }
    if (first !== null && first !== event.data) location.reload();
    first = event.data;
  }
  function failed(event) {
    if (!box) {
      box = document.body.appendChild(document.createElement("pre"));
      box.setAttribute("role", "alert");
      box.style.cssText = "position:fixed;inset:auto 0 0 0;z-index:99999;margin:0;padding:1em;max-height:60vh;overflow:auto;white-space:pre-wrap;background:#5c1010;color:#fff;font:14px/1.5 monospace";
    }
    box.textContent = event.data;
  }
  listen();
  // Browsers keep pages to go back to. Each would keep its connection, of which they make six.
  addEventListener("pagehide", function () { events.close(); });
  addEventListener("pageshow", function (event) { if (event.persisted) listen(); });
})();
</script>
"#;

/// Tells the present state, and every other that follows.
pub async fn stream(state: Receiver<State>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let events = WatchStream::new(state).map(|state| {
        Ok(match state {
            State::Built(number) => Event::default().event("built").data(number.to_string()),
            State::Failed(why) => Event::default().event("failed").data(why),
        })
    });
    Sse::new(events).keep_alive(KeepAlive::default())
}
