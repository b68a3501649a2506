// Searches the site in the reader's browser: loads a few small files of the index that was written
// with the site (see src/render/search in the program's source), and nothing from anywhere else. It
// is one file so that it comes at once.

const PER_PAGE = 10;
const MOST_WORDS = 8; // that are looked up; what is more would load more than it finds out
const MOST_SHARDS = 3; // that are loaded for the words that begin alike
const SHORTEST_BEGINNING = 3; // letters that stand for all words that begin so
const PATIENCE = 300; // milliseconds before the page says that it searches
const PAUSE = 100; // in typing, after which what the words so far need is loaded

// How much a post is worth that holds a word in its title, often, or at all.
const WHOLE = [12, 4, 2];
const BEGINNING = [6, 2, 1];

const settings = JSON.parse(document.getElementById("search-settings").textContent);
const status = document.getElementById("search-status");
const results = document.getElementById("search-results");
const pages = document.getElementById("search-pages");
const archives = document.getElementById("search-archives");
const heading = document.querySelector(".page-title");
const form = document.querySelector(".site-main .search-form");
const siteTitle = document.title.replace(heading.textContent, "");
const plural = new Intl.PluralRules(settings.language);

// --- Loading ---

let head; // what is known of the index, once it is loaded
let coming; // while that is on its way
const loaded = new Map();

async function load(path, options) {
  const answer = await fetch(settings.index + "/" + path, options);
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
}

function loadOnce(path) {
  if (!loaded.has(path)) {
    loaded.set(path, load(`${path}.json?v=${head.version}`));
    loaded.get(path).catch(() => loaded.delete(path));
  }
  return loaded.get(path);
}

// The page asks for the index before it asks for this script.
function loadHead() {
  coming ??= load("index.json", { cache: "no-cache" }).then((index) => {
    head = { ...index, kindOf: kinds(index.kinds) };
  });
  coming.catch(() => (coming = undefined));
  return coming;
}

// --- Text into words, syllables and characters: exactly as src/render/search/tokens.rs does ---

// Returns a function that says what the character of a code is. The kinds: "-" parts words, "."
// parts syllables, "+" is left out, "~" goes with the letter before, "&" takes the next along, "s"
// is part of a syllable, "h" a Chinese character, "c" a letter where words are not parted, "w" any
// other.
function kinds(table) {
  const parts = table.split(" "), low = new Uint8Array(0x10000).fill(119), high = [];
  for (let at = 0; at < parts.length; at += 2) {
    const [first, last = first] = parts[at].split("-").map((code) => parseInt(code, 16)), kind = parts[at + 1];
    if (last < low.length) low.fill(kind.charCodeAt(0), first, last + 1);
    else high.push([first, last, kind]);
  }
  const names = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code));
  return (code) => {
    if (code < low.length) return names[low[code]];
    return high.find(([first, last]) => first <= code && code <= last)?.[2] ?? "w";
  };
}

// Returns the tokens of a text: what each is, where it stands, and whether it makes a word together
// with the one before it.
function tokensOf(text) {
  const tokens = [];
  let last = "", between = "";
  for (let start = 0, end; start < text.length; start = end) {
    const unit = head.kindOf(text.codePointAt(start));
    end = after(text, start);
    if (unit === "-" || unit === ".") {
      if (between !== "-") between = unit;
    } else if (unit === "w" || unit === "s" || unit === "h" || unit === "c") {
      for (let before = ""; end < text.length; end = after(text, end)) {
        const kind = head.kindOf(text.codePointAt(end));
        if (!belongs(unit, kind, before)) break;
        before = kind;
      }
      const folded = foldOnce(unit, text.slice(start, end));
      if (!folded) continue;
      const isJoined = unit === "w" ? last === "w"
        : unit === "s" ? last === "s" && between === "."
        : (last === "h" || last === "c") && between === "";
      tokens.push({ unit, text: folded, isJoined, start, end });
      last = unit;
      between = "";
    }
  }
  return tokens;
}

// Returns where the character ends that begins at a place.
function after(text, at) {
  return text.codePointAt(at) > 0xffff ? at + 2 : at + 1;
}

// Returns whether a character of a kind goes on with a token.
function belongs(unit, kind, before) {
  if (kind === "+") return true;
  if (kind === "~" || kind === "&") return unit !== "s";
  if (kind === "w" || kind === "s") return kind === unit;
  return (kind === "h" || kind === "c") && before === "&" && unit === "c";
}

const folds = new Map(); // of words, which texts say again and again

function foldOnce(unit, word) {
  let folded = folds.get(word);
  if (folded === undefined) {
    folded = unit === "s" ? withoutParticle(fold(word)) : fold(word);
    folds.set(word, folded);
  }
  return folded;
}

// Returns text as it is searched for: without case and accents.
function fold(text) {
  if (/^[a-z\d]*$/i.test(text)) return text.toLowerCase().slice(0, head.longest);
  let folded = "";
  const marks = [...text.normalize("NFKD")].filter((part) => head.kindOf(part.codePointAt(0)) !== "+");
  for (const letter of marks.join("").toLowerCase()) {
    const value = head.noughts.map((nought) => letter.codePointAt(0) - nought).find((value) => value >= 0 && value < 10);
    folded += head.letters[letter] || (value === undefined ? letter : value);
  }
  return [...folded.normalize("NFC")].slice(0, head.longest).join("");
}

// Returns a Tibetan syllable without a particle that is written as its part.
function withoutParticle(syllable) {
  const stem = /^(.+?)(འིས|འི|འོ|འང|འམ)$/u.exec(syllable)?.[1];
  if (!stem) return syllable;
  return /^[གདབམའ][\u0f40-\u0f6c]$/u.test(stem) ? stem + "འ" : stem;
}

// --- The question ---

// Returns what is asked for: words and sequences that all have to be there, and pairs of words that
// have to stand together because they were in quotation marks.
function parse(query) {
  const wanted = [], pairs = [];
  query.split(/["“”„«»]/).forEach((part, number) => {
    const isQuoted = number % 2 === 1;
    let sequence = [];
    tokensOf(part).forEach((token) => {
      if (token.unit === "w") {
        const before = sequence.at(-1);
        if (isQuoted && token.isJoined && before) {
          pairs.push([before.text, token.text]);
          sequence.push(token);
        } else wanted.push({ unit: "w", isQuoted, tokens: (sequence = [token]) });
      } else if (token.isJoined) sequence.push(token);
      else wanted.push({ unit: token.unit, isQuoted, tokens: (sequence = [token]) });
    });
  });
  return { wanted, pairs };
}

// Returns the keys to look up for a wanted word or sequence: each a list of `[key, worth]` of which
// one must be there, or a beginning.
function lookups({ unit, isQuoted, tokens }) {
  if (unit === "w") {
    return tokens.map(({ text }) => ({
      keys: [text],
      isBeginning: !isQuoted && [...text].length >= SHORTEST_BEGINNING,
    }));
  }
  const join = unit === "s" ? "་" : "", grams = [];
  if (tokens.length === 1) grams.push(tokens[0].text);
  for (let at = 0; at + 1 < tokens.length; at++) {
    const three = tokens.slice(at, at + 3);
    const isThree = three.length === 3 && three.every((token) => token.unit === "c");
    if (isThree || at === 0 || tokens[at - 1].unit !== "c" || tokens[at].unit !== "c" || tokens[at + 1].unit !== "c") {
      grams.push(three.slice(0, isThree ? 3 : 2).map((token) => token.text).join(join));
    }
  }
  return spread(grams, 4).map((gram) => ({
    // These particles are written as a part of the last syllable.
    keys: unit === "s" && gram === grams.at(-1) ? [gram, gram + "ར", gram + "ས"] : [gram],
  }));
}

// Returns at most `count` of a list, the first and the last among them.
function spread(list, count) {
  if (list.length <= count) return list;
  return Array.from({ length: count }, (_, at) => list[Math.round((at * (list.length - 1)) / (count - 1))]);
}

// --- Finding ---

// Whether a key comes before another in the index, which is sorted by code points.
function isBefore(one, other) {
  const a = [...one], b = [...other];
  const at = a.findIndex((letter, place) => letter !== b[place]);
  return at < 0 ? a.length < b.length : b[at] !== undefined && a[at].codePointAt(0) < b[at].codePointAt(0);
}

// Returns the number of the shard a key would stand in.
function shardOf(key) {
  let low = 0, high = head.shards.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBefore(key, head.shards[middle])) high = middle; else low = middle + 1;
  }
  return low - 1;
}

function loadShard(number) {
  const first = head.shards[number], one = hash(first, 0x811c9dc5);
  const name = [one, hash(first, one)].map((part) => part.toString(16).padStart(8, "0")).join("");
  return loadOnce("words/" + name);
}

// FNV-1a.
function hash(text, seed) {
  return new TextEncoder().encode(text).reduce((sum, byte) => Math.imul(sum ^ byte, 0x01000193) >>> 0, seed);
}

const DIGITS = new Uint8Array(128);
[..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"].forEach((digit, value) => (DIGITS[digit.charCodeAt(0)] = value));

// Raises to `value` what stands in `posts` for each number of a list of them that stands in `text`
// from `at` on. Returns where that ends.
function readList(text, at, value, posts) {
  for (let post = -1, gap = 1, shift = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 46) break; // a full stop
    const digit = DIGITS[code];
    gap += (digit & 31) << shift;
    shift += 5;
    if (digit < 32) {
      post += gap;
      if (posts[post] < value) posts[post] = value;
      gap = 1;
      shift = 0;
    }
  }
  return at;
}

// Returns the numbers of the shards that a lookup needs.
function shardsOf({ keys, isBeginning }) {
  const numbers = new Set(keys.map(shardOf));
  for (let next = shardOf(keys[0]) + 1; isBeginning && numbers.size < MOST_SHARDS && head.shards[next]?.startsWith(keys[0]); next++) {
    numbers.add(next);
  }
  numbers.delete(-1);
  return [...numbers];
}

// Returns for each post how much it is worth because of a lookup: 0 if nothing of it is there.
async function worths(lookup) {
  const { keys, isBeginning } = lookup, worth = new Uint8Array(head.posts);
  for (const shard of await Promise.all(shardsOf(lookup).map(loadShard))) {
    for (const term in shard) {
      const table = keys.includes(term) ? WHOLE : isBeginning && term.startsWith(keys[0]) ? BEGINNING : null;
      for (let place = 0, at = 0; table && place < table.length; place++) at = readList(shard[term], at, table[place], worth) + 1;
    }
  }
  return worth;
}

// Returns the posts in the bucket of a pair of words.
async function postsOfPair([one, other]) {
  const mixed = Math.imul(hash(one, 0x811c9dc5), 0x9e3779b1) ^ hash(other, 0x811c9dc5);
  const twice = Math.imul(mixed ^ (mixed >>> 15), 0x85ebca6b);
  const bucket = ((twice ^ (twice >>> 13)) >>> 0) & (head.buckets - 1), inFile = head.buckets / head.pairs;
  const lists = await loadOnce("pairs/" + Math.floor(bucket / inFile));
  const posts = new Uint8Array(head.posts);
  readList(lists[bucket % inFile], 0, 1, posts);
  return posts;
}

// Returns what is looked up for all that is asked for.
function lookupsOf({ wanted }) {
  const all = wanted.flatMap(lookups);
  const length = (lookup) => lookup.keys[0].length;
  return all.length > MOST_WORDS ? [...all].sort((a, b) => length(b) - length(a)).slice(0, MOST_WORDS) : all;
}

// Returns how many posts hold all that is asked for, and those of the page with a number, or of the
// last one: the best first.
async function find(question, page) {
  const few = lookupsOf(question);
  if (!few.length) return { count: 0, posts: [] };
  const [worth, beside] = await Promise.all([
    Promise.all(few.map(worths)),
    Promise.all(spread(question.pairs, 4).map(postsOfPair)),
  ]);
  const found = new Uint32Array(head.posts), sums = new Float64Array(head.posts);
  let count = 0;
  for (let post = 0; post < head.posts; post++) {
    let sum = 0, lists = 0;
    while (lists < worth.length && worth[lists][post]) sum += worth[lists++][post];
    if (lists < worth.length || !beside.every((posts) => posts[post])) continue;
    // Of two alike the newer is better.
    sums[post] = sum / few.length + (2 * post) / head.posts;
    found[count++] = post;
  }
  const shown = Math.max(1, Math.min(page, Math.ceil(count / PER_PAGE)));
  const best = bestOf(found.subarray(0, count), sums, shown * PER_PAGE);
  return { count, page: shown, posts: best.slice((shown - 1) * PER_PAGE) };
}

// Returns the best `number` of posts, the best first: to sort all of them would take far longer.
function bestOf(posts, sums, number) {
  if (number > 10 * PER_PAGE) return Array.from(posts).sort((a, b) => sums[b] - sums[a]).slice(0, number);
  const best = [];
  // The newest are mostly better than those that come after them.
  for (let at = posts.length - 1; at >= 0; at--) {
    const post = posts[at], sum = sums[post];
    if (best.length === number && sum < sums[best.at(-1)]) continue;
    let place = best.length;
    while (place && sums[best[place - 1]] <= sum) place--;
    best.splice(place, 0, post);
    if (best.length > number) best.pop();
  }
  return best;
}

// --- Showing ---

// Returns where a text holds what is wanted.
function hits(text, { wanted }) {
  const tokens = tokensOf(text), found = [];
  wanted.forEach((want, number) => {
    const { unit, isQuoted, tokens: parts } = want;
    tokens.forEach((token, at) => {
      const is = parts.every((part, place) => {
        const here = tokens[at + place];
        if (!here || here.unit !== part.unit || (place > 0 && !here.isJoined)) return false;
        if (here.text === part.text) return true;
        if (unit === "w") return !isQuoted && [...part.text].length >= SHORTEST_BEGINNING && here.text.startsWith(part.text);
        return unit === "s" && place === parts.length - 1 && (here.text === part.text + "ར" || here.text === part.text + "ས");
      });
      if (is) found.push({ number, at, start: token.start, end: tokens[at + parts.length - 1].end });
    });
  });
  return { tokens, found: found.sort((a, b) => a.start - b.start) };
}

// Marks what is wanted in an element. Returns which of it was there.
function mark(element, question) {
  const there = new Set(), texts = [], walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) texts.push(walker.currentNode);
  for (const node of texts) {
    let rest = node, offset = 0;
    for (const { number, start, end } of hits(node.data, question).found) {
      there.add(number);
      if (start < offset) continue;
      const from = rest.splitText(start - offset);
      rest = from.splitText(end - start);
      offset = end;
      const marked = document.createElement("mark");
      from.replaceWith(marked);
      marked.append(from);
    }
  }
  return there;
}

// Returns the text of a post's page, with its paragraphs apart; none if it cannot be had, or is just
// one page of several.
async function textOf(href) {
  const answer = await fetch(href);
  const page = new DOMParser().parseFromString(answer.ok ? await answer.text() : "", "text/html");
  const content = page.querySelector(".entry-content");
  if (!content || page.querySelector(".page-links")) return null;
  content.querySelectorAll("script, style, template, svg").forEach((element) => element.remove());
  content.querySelectorAll("br, p, li, h1, h2, h3, h4, h5, h6, td, th, div, figcaption, pre, blockquote, dt, dd").forEach((element) => element.after("\n"));
  return content.textContent;
}

// Shows in place of a post's summary the part of its text that was found. Returns whether the post
// really holds all that is wanted: of a long sequence the index knows but its pieces.
async function showPassage(item, question, there) {
  const link = item.querySelector("a[rel~=bookmark]");
  const text = link && (await textOf(link.href).catch(() => null));
  if (!text) return true;
  const { tokens, found } = hits(text, question);
  found.forEach((hit) => there.add(hit.number));
  const first = found[0];
  if (first) {
    const scale = first && "hc".includes(tokens[first.at].unit) ? 3 : 1;
    const from = Math.max(0, first.at - 10 * scale), to = Math.min(tokens.length - 1, first.at + 30 * scale);
    const [start, end] = [from && tokens[from].start, to === tokens.length - 1 ? text.length : tokens[to].end];
    const passage = text.slice(start, end).replace(/↩\ufe0e?/gu, "").replace(/\s+/g, " ").trim();
    let summary = item.querySelector(".entry-summary p");
    if (!summary) {
      const box = item.querySelector(".entry-summary") ?? document.createElement("div");
      box.className = "entry-summary";
      box.append((summary = document.createElement("p")));
      item.querySelector(".entry-header").after(box);
    }
    summary.textContent = (from ? "… " : "") + passage + (end < text.length ? " …" : "");
    mark(summary, question);
  }
  return question.wanted.every((want, number) => there.has(number) || want.tokens.length === 1);
}

function say(number) {
  const phrase = settings.counted[plural.select(number)] ?? settings.counted.other;
  return phrase.replace("{n}", String(number).replace(/\d/g, (digit) => settings.digits[digit]));
}

// Returns posts as lists show them.
async function itemsOf(posts) {
  const files = await Promise.all(posts.map((post) => loadOnce("items/" + Math.floor(post / head.items))));
  return files.map((file, place) => file[posts[place] % head.items]);
}

async function showItems(html, question, isCurrent, count) {
  results.innerHTML = html.join("");
  const items = [...results.children];
  const marked = items.map((item) => {
    const own = [...item.querySelectorAll(".entry-title, .entry-summary")];
    return new Set(own.flatMap((element) => [...mark(element, question)]));
  });
  status.textContent = say(count);
  await nextFrame();
  if (navigator.connection?.saveData || !isCurrent()) return;
  let missing = 0;
  await Promise.all(items.map(async (item, place) => {
    if (marked[place].size === question.wanted.length) return;
    const isThere = await showPassage(item, question, marked[place]);
    if (isThere || !isCurrent()) return;
    item.remove();
    missing++;
  }));
  if (!missing || !isCurrent()) return;
  status.textContent = count > missing ? say(count - missing) : settings.none;
  archives.hidden = count > missing;
}

// Waits until the reader sees what was changed.
function nextFrame() {
  return new Promise((done) => {
    requestAnimationFrame(() => setTimeout(done));
    setTimeout(done, 500); // Pages in the background have no frames.
  });
}

function address(query, page) {
  return `${location.pathname}?q=${encodeURIComponent(query)}${page > 1 ? `&page=${page}` : ""}`;
}

function showPages(query, page, last) {
  pages.hidden = last < 2;
  const links = pages.firstElementChild;
  links.replaceChildren();
  const add = (name, text, to) => {
    const link = document.createElement(to ? "a" : "span");
    link.className = name + "page-numbers";
    link.textContent = text;
    if (to) link.href = address(query, to);
    links.append(link);
    return link;
  };
  const number = (value) => String(value).replace(/\d/g, (digit) => settings.digits[digit]);
  if (page > 1) add("prev ", settings.previous, page - 1).rel = "prev";
  let before = 0;
  for (const other of [...new Set([1, page - 1, page, page + 1, last])].filter((it) => it >= 1 && it <= last)) {
    if (other > before + 1) add("dots ", "…");
    before = other;
    const link = add(other === page ? "current " : "", number(other), other === page ? 0 : other);
    if (other === page) link.setAttribute("aria-current", "page");
    else link.setAttribute("aria-label", `${settings.page} ${number(other)}`);
  }
  if (page < last) add("next ", settings.next, page + 1).rel = "next";
}

let runs = 0;

// Answers what the address of the page asks.
async function run() {
  const number = ++runs, isCurrent = () => number === runs;
  const asked = new URLSearchParams(location.search);
  // WordPress's own forms ask with an `s`.
  const query = (asked.get("q") ?? asked.get("s") ?? "").trim();
  const page = Math.max(1, parseInt(asked.get("page"), 10) || 1);
  form.elements.q.value = query;
  tellScript();
  if (!query) {
    announce(query, "");
    form.elements.q.focus();
    return;
  }
  // Whoever has an answer soon need not see the page change twice.
  const wait = setTimeout(() => isCurrent() && announce(query, settings.running), PATIENCE);
  if (number === 1) announce(query, settings.running);
  try {
    await loadHead();
    const question = parse(query);
    const found = await find(question, page);
    const html = await itemsOf(found.posts);
    clearTimeout(wait);
    if (!isCurrent()) return;
    announce(query, found.count ? "" : settings.none);
    archives.hidden = found.count > 0;
    if (!found.count) return;
    showPages(query, found.page, Math.ceil(found.count / PER_PAGE));
    await showItems(html, question, isCurrent, found.count);
  } catch (trouble) {
    clearTimeout(wait);
    if (!isCurrent()) return;
    console.error(trouble);
    announce(query, settings.failed);
    archives.hidden = false;
  }
}

// In the faces of some languages, Tibetan letters are empty boxes where the reader's device has none.
function tellScript() {
  const field = form.elements.q;
  if (/[\u0F00-\u0FFF]/.test(field.value)) field.lang = "bo";
  else field.removeAttribute("lang");
}

// Shows what is asked for, and what there is to say about it in place of results.
function announce(query, words) {
  heading.textContent = query ? settings.results.replace("{query}", () => query) : settings.search;
  document.title = heading.textContent + siteTitle;
  results.replaceChildren();
  pages.hidden = true;
  archives.hidden = Boolean(query);
  status.textContent = words;
}

function go(to) {
  history.pushState(null, "", to);
  run();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  go(address(form.elements.q.value.trim(), 1));
});

pages.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  go(link.href);
  heading.focus();
  scrollTo(0, 0);
});

// Loads what the words so far need, but not what others need that only begin so.
async function prepare() {
  await loadHead();
  const numbers = lookupsOf(parse(form.elements.q.value)).map(({ keys }) => shardOf(keys[0]));
  await Promise.all(numbers.filter((number) => number >= 0).map(loadShard));
}

let pause;
form.addEventListener("input", () => {
  tellScript();
  clearTimeout(pause);
  if (!navigator.connection?.saveData) pause = setTimeout(() => prepare().catch(console.warn), PAUSE);
});

addEventListener("popstate", run);
loadHead().catch(() => {}); // Whoever asks hears of it.
run();

// For tests: the same text must give the same tokens here and where the index is written.
export { loadHead, tokensOf };
