// “Take along” on a trip's page: says how much it is, keeps it, and shows what is kept. The words are in the page; here they are chosen.

const BUILD = '__BUILD__';
/** What the site itself takes, besides the trip. */
const SHELL_BYTES = __SHELL_BYTES__;

const section = document.querySelector('[data-along]');
const { along: trip, version, lang } = section.dataset;
const root = document.documentElement;
/** Set while something is fetched; stops it. */
let fetching = null;
/** The server's answer, once somebody wanted to know how much it is. */
let offered = null;

const show = (state) => {
    section.dataset.state = state;
    for (const part of section.querySelectorAll('[data-when]')) part.hidden = !part.dataset.when.split(' ').includes(state);
};

/** Fills the words of a sentence: `{size}`. */
const say = (name, values) => {
    for (const sentence of section.querySelectorAll(`[data-say="${name}"]`)) {
        sentence.textContent = sentence.dataset.words.replace(/\{(\w+)\}/g, (_, key) => values[key] ?? '');
    }
};

/** As people say it: two digits are enough. */
const inWords = (bytes) => (bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} kB` : `${(bytes / 1e6).toFixed(1)} MB`);
/** As the clocks of the province, like every time on a page. */
const time = (ms) => new Intl.DateTimeFormat(lang === 'en' ? 'en-GB' : 'zh-CN', {
    dateStyle: 'medium', timeStyle: 'short', timeZone: 'Asia/Shanghai',
}).format(ms);
const total = (contents) => contents.reduce((sum, { bytes }) => sum + bytes, 0);

function list(contents) {
    const place = section.querySelector('[data-list]');
    place.replaceChildren(...[...contents, { group: 'site', count: 1, bytes: SHELL_BYTES }].map(({ group, count, bytes }) => {
        const line = document.createElement('li');
        line.textContent = place.dataset[group].replace('{count}', count).replace('{size}', inWords(bytes));
        return line;
    }));
}

/** How much the browser still gives this site, as far as it says. */
async function room() {
    try {
        const { usage = 0, quota = Infinity } = await navigator.storage.estimate();
        return Math.max(0, quota - usage);
    } catch {
        return Infinity;
    }
}

/** Whether the site itself finds room, as only a try can tell. */
async function hasRoom() {
    try {
        await (await caches.open('try')).put('/try', new Response(new Uint8Array(SHELL_BYTES)));
        return true;
    } catch (problem) {
        return problem.name !== 'QuotaExceededError';
    } finally {
        await caches.delete('try');
    }
}

async function isLasting() {
    try { return Boolean(await navigator.storage?.persisted?.()); } catch { return false; }
}

/** Shows what is here. */
async function look() {
    if (fetching) return;
    const record = await packOf(trip);
    const row = await unsent(trip);
    section.querySelector('[data-unsent]').hidden = !row.length;
    section.querySelector('[data-stuck]').hidden = !record?.stuck;
    section.querySelector('[data-waiting]').hidden = Boolean(record?.stuck);
    say('unsent', { count: row.length });
    if (record?.staging && !record.staging.quiet) return showHalt(record.staging.why, record);
    if (!record?.text) return show('none');
    say('kept', { size: inWords(total(record.contents) + SHELL_BYTES), time: time(record.keptAt) });
    list(record.contents);
    const lasting = await isLasting();
    for (const part of section.querySelectorAll('[data-lasting]')) part.hidden = (part.dataset.lasting === 'yes') !== lasting;
    section.querySelector('[data-older]').hidden = Number(version) <= JSON.parse(record.text).version || row.length > 0;
    for (const button of section.querySelectorAll('[data-not-unsent]')) button.hidden = row.length > 0;
    show('kept');
}

function showHalt(why, record) {
    for (const sentence of section.querySelectorAll('[data-why]')) sentence.hidden = sentence.dataset.why !== why;
    section.querySelector('[data-before]').hidden = !record?.text;
    show('halted');
}

/** Asks how much it is. */
async function offer() {
    show('asking');
    try {
        offered = await askForPack(trip, lang);
    } catch (problem) {
        return showHalt(haltOf(problem).why, await packOf(trip));
    }
    const parts = partsOf(JSON.parse(offered));
    const search = total(parts.filter(({ group }) => group === 'search'));
    const bytes = total(parts) + SHELL_BYTES;
    const free = await room();
    say('offer', { size: inWords(bytes), search: inWords(search), count: parts.length });
    section.querySelector('[data-tight]').hidden = free > bytes;
    say('tight', { free: inWords(free) });
    show('offered');
    section.querySelector('[data-press=take]').focus();
}

/** The site's worker, at work: without it nothing of what is kept could be shown. */
async function worker() {
    const registration = await navigator.serviceWorker.register('/sw.js');
    const coming = registration.installing ?? registration.waiting ?? registration.active;
    await new Promise((resolve, reject) => {
        const look = () => {
            if (coming.state === 'activated') resolve();
            // The one before does as well.
            if (coming.state === 'redundant' && registration.active) resolve();
            else if (coming.state === 'redundant') hasRoom().then((has) => reject(new Halt(has ? 'network' : 'storage')));
        };
        coming.addEventListener('statechange', look);
        look();
    });
    const { size, scheme } = root.dataset;
    registration.active?.postMessage({ look: `${size}.${scheme}` });
    return registration;
}

async function take(how) {
    fetching = new AbortController();
    const bar = section.querySelector('progress');
    say('working', { done: 0, all: '…', size: inWords(0) });
    bar.removeAttribute('value');
    show('working');
    section.querySelector('[data-press=stop]').focus();
    let halt = null;
    try {
        // Not waited for: a browser may ask somebody first, and whoever does not answer still wants the trip.
        navigator.storage?.persist?.().catch(() => false);
        await worker();
        await takeAlong(trip, {
            ...how,
            lang,
            build: BUILD,
            signal: fetching.signal,
            tell(done, all, bytes) {
                [bar.max, bar.value] = [all, done];
                say('working', { done, all, size: inWords(bytes) });
            },
        });
    } catch (problem) {
        console.warn('the trip is not kept whole:', problem);
        halt = haltOf(problem);
    }
    fetching = null;
    offered = null;
    if (halt) showHalt(halt.why, await packOf(trip));
    else await look();
    section.querySelector(halt ? '[data-press=go-on]' : '.along__kept').focus();
}

const deeds = {
    ask: offer,
    take: () => take({ text: offered }),
    'not-now': look,
    stop: () => fetching?.abort(),
    'go-on': () => take({}),
    'give-up': () => giveUp(trip).then(look),
    renew: () => take({ anew: true }),
    'leave-behind': () => leaveBehind(trip).then(look),
    send: async () => (await navigator.serviceWorker.ready).active?.postMessage({ send: true }),
};

async function attend() {
    const worker = navigator.serviceWorker;
    if (!worker || !('caches' in window) || !('indexedDB' in window)) {
        const inApp = /MicroMessenger|QQ\/|AlipayClient|DingTalk/.test(navigator.userAgent);
        return show(inApp ? 'in-app' : 'unable');
    }
    section.addEventListener('click', (event) => deeds[event.target.closest('[data-press]')?.dataset.press]?.());
    worker.addEventListener('message', () => { look(); });
    worker.startMessages?.();
    addEventListener('online', async () => { (await worker.getRegistration())?.active?.postMessage({ send: true }); });
    addEventListener('pageshow', () => { look(); });
    await look();
}

attend().catch((problem) => {
    // Private windows of some browsers keep nothing.
    console.warn('nothing can be kept here:', problem);
    show('unable');
});
