//! Chromium, and a tab of it.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use headless_chrome::browser::default_executable;
use headless_chrome::protocol::cdp::Page::{
    AddScriptToEvaluateOnNewDocument, CaptureScreenshotFormatOption,
};
use headless_chrome::protocol::cdp::types::Event;
use headless_chrome::protocol::cdp::{Emulation, Log, Network, Runtime};
use headless_chrome::{Browser, LaunchOptions, Tab};
use serde_json::Value;

/// How long anything may take.
const PATIENCE: Duration = Duration::from_secs(15);

/// What Chromium does on its own behalf would only be in the way.
const ARGUMENTS: [&str; 3] = ["--disable-component-update", "--disable-quic", "--hide-scrollbars"];

const MISSING: &str = "no Chromium: install it, or name it in the variable CHROME";

/// A browser that is started when the first test needs it.
pub(crate) struct Chromium {
    program: Option<PathBuf>,
    running: Mutex<Option<Browser>>,
}

/// How a page is looked at.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct View {
    /// In CSS pixels.
    pub(crate) width: u32,
    pub(crate) scheme: Scheme,
    pub(crate) scripts: Scripts,
}

/// The colours a reader prefers.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Scheme {
    Light,
    Dark,
}

/// Whether a reader lets scripts run.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Scripts {
    On,
    Off,
}

/// A tab that shares nothing with others.
pub(crate) struct Page {
    pub(crate) view: View,
    tab: Arc<Tab>,
    faults: Arc<Mutex<Vec<String>>>,
}

impl View {
    pub(crate) const PHONE: Self = Self { width: 320, scheme: Scheme::Light, scripts: Scripts::On };
    pub(crate) const DESK: Self = Self { width: 1280, scheme: Scheme::Light, scripts: Scripts::On };

    pub(crate) const fn dark(self) -> Self {
        Self { scheme: Scheme::Dark, ..self }
    }

    pub(crate) fn without_scripts(self) -> Self {
        Self { scripts: Scripts::Off, ..self }
    }
}

impl Chromium {
    /// Looks for it: what the variable `CHROME` names, else what is installed.
    pub(crate) fn find() -> Self {
        Self { program: default_executable().ok(), running: Mutex::default() }
    }

    pub(crate) fn is_there(&self) -> bool {
        self.program.is_some()
    }

    /// Returns where it is.
    pub(crate) fn program(&self) -> &Path {
        self.program.as_deref().expect(MISSING)
    }

    /// Opens a tab.
    pub(crate) fn page(&self, view: View) -> Page {
        let browser = self.browser();
        let tab = browser.new_context().unwrap().new_tab().unwrap();
        Page::new(tab, view)
    }

    /// Ends it, if it was started.
    pub(crate) fn quit(&self) {
        self.running.lock().unwrap().take();
    }

    fn browser(&self) -> Browser {
        let path = Some(self.program().to_owned());
        let mut running = self.running.lock().unwrap();
        let launch = || {
            let options = LaunchOptions {
                path,
                // Root, as which tests run in containers, has no sandbox.
                sandbox: false,
                args: ARGUMENTS.map(OsStr::new).to_vec(),
                idle_browser_timeout: Duration::from_secs(300),
                ..LaunchOptions::default()
            };
            Browser::new(options).unwrap()
        };
        running.get_or_insert_with(launch).clone()
    }
}

impl Page {
    fn new(tab: Arc<Tab>, view: View) -> Self {
        let faults = Arc::<Mutex<Vec<String>>>::default();
        let heard = Arc::clone(&faults);
        let listener = move |event: &Event| heard.lock().unwrap().extend(fault(event));
        tab.add_event_listener(Arc::new(listener)).unwrap();
        tab.enable_log().unwrap().enable_runtime().unwrap();
        let height = if view.width < 700 { 640 } else { 900 };
        tab.call_method(screen(view.width, height, 1.0)).unwrap();
        let value = match view.scheme {
            Scheme::Light => "light",
            Scheme::Dark => "dark",
        };
        let feature = |name: &str, value: &str| Emulation::MediaFeature {
            name: name.to_owned(),
            value: value.to_owned(),
        };
        let features = vec![feature("prefers-color-scheme", value)];
        tab.call_method(Emulation::SetEmulatedMedia { media: None, features: Some(features) })
            .unwrap();
        let value = view.scripts == Scripts::Off;
        tab.call_method(Emulation::SetScriptExecutionDisabled { value }).unwrap();
        Self { view, tab, faults }
    }

    /// Goes to an address, and waits until the page, or the one it leads on to, is loaded and shown.
    pub(crate) fn open(&self, url: &str) {
        self.go(url);
        let loaded = "document.readyState === 'complete'";
        let loaded = match self.view.scripts {
            // To ask once takes longer than most pages do.
            Scripts::On => format!("({loaded} || await new Promise(done => onload = done))"),
            Scripts::Off => loaded.to_owned(),
        };
        let root = "document.documentElement.style.visibility";
        self.wait_for(&format!("{loaded} && {root} !== 'hidden'"));
    }

    /// Goes to an address.
    pub(crate) fn go(&self, url: &str) {
        self.tab.navigate_to(url).unwrap();
    }

    /// Forgets what went wrong, as if it had just been opened: nothing of a preview is kept by browsers.
    pub(crate) fn forget(&self) {
        self.faults.lock().unwrap().clear();
    }

    /// Lets every page from now on begin with a script.
    pub(crate) fn begin_with(&self, script: &str) {
        let script = AddScriptToEvaluateOnNewDocument {
            source: script.to_owned(),
            world_name: None,
            include_command_line_api: None,
            run_immediately: None,
        };
        self.tab.call_method(script).unwrap();
    }

    /// Lets every answer from now on take so long.
    pub(crate) fn slow_down(&self, latency: Duration) {
        let enable = Network::Enable {
            max_total_buffer_size: None,
            max_resource_buffer_size: None,
            max_post_data_size: None,
            report_direct_socket_traffic: None,
            enable_durable_messages: None,
        };
        self.tab.call_method(enable).unwrap();
        self.tab.call_method(network(latency)).unwrap();
    }

    /// Returns what a script comes to, once that is true in the sense of scripts. Pages may come and
    /// go meanwhile.
    pub(crate) fn wait_for(&self, script: &str) -> Value {
        let end = Instant::now() + PATIENCE;
        loop {
            let value = self.ask(script);
            if let Ok(value) = &value
                && !matches!(value, Value::Null | Value::Bool(false))
                && value != ""
            {
                return value.clone();
            }
            if Instant::now() > end {
                let place = self.ask("location.href");
                panic!("never true at {place:?}: {script} ({value:?}; {:?})", self.faults());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Returns what a script, which may be a promise, comes to.
    pub(crate) fn value(&self, script: &str) -> Value {
        self.ask(script).unwrap()
    }

    /// Returns a picture of what is to be seen without scrolling, as WebP.
    pub(crate) fn picture(&self) -> Vec<u8> {
        let format = CaptureScreenshotFormatOption::Webp;
        self.tab.capture_screenshot(format, Some(80), None, true).unwrap()
    }

    /// Returns a picture of the whole page, at half its size, as WebP.
    pub(crate) fn whole_picture(&self) -> Vec<u8> {
        let height = self.value("document.documentElement.scrollHeight").as_u64().unwrap();
        let whole = screen(self.view.width, u32::try_from(height).unwrap(), 0.5);
        self.tab.call_method(whole).unwrap();
        self.wait_for("[...document.images].every(image => image.complete)");
        let format = CaptureScreenshotFormatOption::Webp;
        self.tab.capture_screenshot(format, Some(60), None, true).unwrap()
    }

    /// Waits until the page shown is the one at `address`: a path with query and fragment.
    #[track_caller]
    pub(crate) fn wait_for_address(&self, address: &str) {
        let end = Instant::now() + PATIENCE;
        let here = "document.readyState === 'complete' && location.pathname + location.search + location.hash";
        let mut last = Ok(Value::Null);
        while Instant::now() < end {
            last = self.ask(here);
            if last.as_ref().is_ok_and(|last| last == address) {
                return;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        panic!("never at {address}, at last at {last:?}; {:?}", self.faults());
    }

    /// Returns what went wrong on the pages shown so far, as the console tells.
    pub(crate) fn faults(&self) -> Vec<String> {
        self.faults.lock().unwrap().clone()
    }

    fn ask(&self, script: &str) -> anyhow::Result<Value> {
        let answer =
            self.tab.evaluate(&format!("(async () => JSON.stringify({script}))()"), true)?;
        match answer.value {
            Some(Value::String(json)) => Ok(serde_json::from_str(&json)?),
            // What is undefined, or went wrong.
            _ => anyhow::bail!("{:?}", answer.description),
        }
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        let _ = self.tab.close(false);
    }
}

/// Returns a script that comes to how many bytes come over the net from the addresses that another
/// comes to.
pub(crate) fn bytes_of(addresses: &str) -> String {
    format!(
        "(await Promise.all(({addresses}).map(async url => {{
            const packed = (await fetch(url)).body.pipeThrough(new CompressionStream('gzip'));
            return (await new Response(packed).arrayBuffer()).byteLength;
        }}))).reduce((sum, size) => sum + size)"
    )
}

/// Returns what an event says that went wrong.
fn fault(event: &Event) -> Option<String> {
    match event {
        Event::LogEntryAdded(entry) if entry.params.entry.level == Log::LogEntryLevel::Error => {
            let entry = &entry.params.entry;
            Some(format!("{} {}", entry.text, entry.url.as_deref().unwrap_or_default()))
        }
        Event::RuntimeConsoleAPICalled(call)
            if call.params.Type == Runtime::ConsoleAPICalledEventTypeOption::Error =>
        {
            Some(format!("{:?}", call.params.args))
        }
        Event::RuntimeExceptionThrown(thrown) => {
            Some(format!("{:?}", thrown.params.exception_details))
        }
        _ => None,
    }
}

fn screen(width: u32, height: u32, scale: f64) -> Emulation::SetDeviceMetricsOverride {
    Emulation::SetDeviceMetricsOverride {
        width,
        height,
        device_scale_factor: scale,
        mobile: width < 700,
        scale: None,
        screen_width: None,
        screen_height: None,
        position_x: None,
        position_y: None,
        dont_set_visible_size: None,
        screen_orientation: None,
        viewport: None,
        display_feature: None,
        device_posture: None,
    }
}

fn network(latency: Duration) -> Network::EmulateNetworkConditions {
    Network::EmulateNetworkConditions {
        offline: false,
        latency: latency.as_secs_f64() * 1000.0,
        download_throughput: -1.0,
        upload_throughput: -1.0,
        connection_Type: None,
        packet_loss: None,
        packet_queue_length: None,
        packet_reordering: None,
    }
}
