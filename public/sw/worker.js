// The service worker: there for whoever took a trip along. The network comes first; what is kept is shown only when it fails, and says
// of itself that it was kept. Written for older phones too: one classic script, joined from these files by the build.

const BUILD = '__BUILD__';
/** Everything a page needs besides itself, with its size. */
const SHELL = __SHELL__;
const ASSETS = __ASSETS__;
const OFFLINE_WASM = '__OFFLINE_WASM__';

const SHELL_CACHE = `shell-${BUILD}`;
/** A page that is kept is not waited for as long as a browser would. */
const PATIENCE_MS = 8_000;
/** Something to be saved; a page in its place would be saved as it. */
const FILE = /\.(ics|gpx|kml)$/;

importScripts('__OFFLINE_GLUE__');

self.addEventListener('install', (event) => {
    // At once: it can do what the one before did, with the same packs; pages that are open already have their scripts.
    self.skipWaiting();
    event.waitUntil((async () => {
        const shell = await caches.open(SHELL_CACHE);
        await shell.addAll(SHELL.map(([path]) => path));
    })());
});

self.addEventListener('activate', (event) => event.waitUntil((async () => {
    await self.clients.claim();
    await forgetOldShells();
})()));

/** A page that was kept by an earlier edition needs that one's style and scripts, until it is fetched anew. */
async function forgetOldShells() {
    const needed = new Set((await allPacks()).map(({ build }) => `shell-${build}`).concat(SHELL_CACHE));
    for (const name of await caches.keys()) if (name.startsWith('shell-') && !needed.has(name)) await caches.delete(name);
}

self.addEventListener('fetch', (event) => {
    const { request } = event;
    const url = new URL(request.url);
    if (url.origin !== self.location.origin || request.headers.has('x-offline-copy')) return;
    const { bare } = addressOf(request.url);
    const [, id, rest] = bare.match(/^\/trips\/([0-9a-f]{32})(\/[a-z]+)?$/) ?? [];
    if (request.method === 'POST' && id) {
        event.respondWith(orTheNetwork(request, () => formOfTrip(event, id, rest)));
    } else if (request.method === 'POST' && request.mode === 'navigate') {
        event.respondWith(ask(request, 0).then((response) => response ?? awayPage(request.url)));
    } else if (request.method === 'GET' && url.pathname.startsWith('/assets/')) {
        // Named after what is in it.
        event.respondWith(caches.match(request, { ignoreVary: true }).then((kept) => kept ?? fetch(request)));
    } else if (request.method === 'GET' && id && rest === '/unsent') {
        event.respondWith(orTheNetwork(request, () => unsentPage(event, id)));
    } else if (request.method === 'GET' && request.mode === 'navigate') {
        event.respondWith(orTheNetwork(request, () => page(event, id, rest)));
    } else if (request.method === 'GET' && !url.pathname.startsWith('/api/') && rest !== '/pack') {
        event.respondWith(fetch(request).catch(async () => (await caches.match(request, { ignoreVary: true })) ?? Response.error()));
    }
});

/** Does `work`; where this device's memory fails (full, closed, broken), it is as if there were no worker. */
async function orTheNetwork(request, work) {
    const spare = request.clone();
    try {
        return await work();
    } catch (problem) {
        warn(problem);
        return fetch(spare).catch(async () => (request.method === 'GET' && (await keptPage(new URL(request.url).pathname))) || Response.error());
    }
}

/** Whether the site itself has answered: a proxy that has lost it has nothing to say. */
const answered = (response) => ![502, 503, 504].includes(response.status);

const after = (ms, value) => new Promise((resolve) => { setTimeout(resolve, ms, value); });

/** Asks the network, for so long or as long as it takes; none where it has no answer of the site. */
async function ask(request, within) {
    const answer = fetch(request).catch(() => undefined);
    const response = await (within ? Promise.race([answer, after(within)]) : answer);
    return response && answered(response) ? response : undefined;
}

async function page(event, id, rest = '') {
    const { request } = event;
    const { lang, bare, search } = addressOf(request.url);
    if (bare === '/look') return look(event);
    const record = id ? await packOf(id) : undefined;
    const isOfTrip = id && ['', '/today', '/print'].includes(rest);
    if (isOfTrip && record) event.waitUntil(set('last trip', id).catch(warn));
    // Somebody may want the server's page before deciding, and from then on its other pages too.
    const laterNow = isOfTrip && !rest && search === '?later=1';
    const stuck = record?.stuck;
    if (laterNow && stuck) event.waitUntil(changePack(id, { stuck: { ...stuck, later: true } }).catch(warn));
    const undecided = laterNow || (rest && stuck?.later);
    // What was done here comes first: the server's page is to show it.
    if (isOfTrip && !undecided && (await unsent(id)).length) {
        const flushing = flush(id);
        event.waitUntil(flushing.catch(warn));
        const { state } = await Promise.race([flushing, after(PATIENCE_MS, { state: 'waiting' })]);
        if (state === 'stuck') return Response.redirect(`${prefixOf(lang)}/trips/${id}/unsent`, 303);
        if (state === 'waiting') return (await tripPage(request.url, id)) ?? awayPage(request.url);
    }
    const kept = await caches.match(request, { ignoreVary: true });
    const response = await ask(request, kept || record?.text ? PATIENCE_MS : 0);
    if (!response) return FILE.test(bare) ? (kept || Response.error()) : pageWithoutSignal(request.url);
    event.waitUntil(catchUp().catch(warn));
    // A day that the trip does not have is not there either.
    const isGone = isOfTrip && saysGone(response) && !(rest === '/today' && response.status === 404);
    return (isGone && (await gonePage(request.url, id, response.status))) || response;
}

/** Where somebody must decide: on the server's page, or on one of this device's own where the server has nothing to decide about. */
async function stuckPage(url, id, { status, html }) {
    return (GONE.includes(status) && (await gonePage(url, id, status))) || asPage(html, status);
}

/** Forms of a trip. A change is kept here where it cannot be sent; the others need the server. */
async function formOfTrip(event, id, rest) {
    const { request } = event;
    const { lang } = addressOf(request.url);
    const typed = await request.clone().text();
    const fields = new URLSearchParams(typed);
    const trip = `${prefixOf(lang)}/trips/${id}`;
    if (rest === '/unsent' && fields.has('forget')) {
        await leaveBehind(id, true);
        return Response.redirect(`${prefixOf(lang)}/trips`, 303);
    }
    // A decision on the page that the server gave: it says which change it is about.
    if (rest === '/unsent' || (rest === '/edit' && fields.has('unsent'))) {
        const fate = await decide(id, lang, typed);
        if (fate.state === 'stuck') return stuckPage(request.url, id, fate);
        if (fate.state === 'empty') event.waitUntil(renew(id).catch(warn));
        return Response.redirect(trip, 303);
    }
    const isChange = rest === '/edit';
    const { state } = isChange && (await unsent(id)).length ? await flush(id) : { state: 'empty' };
    const record = await packOf(id);
    const madeAt = forkOf(typed, id);
    // Somebody has decided something since: the version that the form counts on may be another's by now.
    const outdated = madeAt !== undefined && madeAt !== (record?.fork ?? 0);
    const body = outdated ? onVersion(typed, 0) : typed;
    // A form of the server's page is about what the server has, whatever waits here.
    if (state === 'empty' || (state === 'stuck' && madeAt === undefined)) {
        const sent = outdated ? new Request(request.url, { ...AS_A_FORM, body }) : request;
        const response = await ask(sent, record?.text ? SEND_WITHIN_MS : 0);
        if (response?.type === 'opaqueredirect' || response?.redirected) {
            event.waitUntil((ENDS.includes(rest) ? leaveBehind(id, true) : renew(id)).catch(warn));
        }
        const isGone = isChange && response?.status === 404 && saysGone(response);
        if (response) return (isGone && (await gonePage(request.url, id, 404))) || response;
    }
    return changeHere(request.url, id, lang, body);
}

/** Deletes the trip, or takes a guest out of it. */
const ENDS = ['/delete', '/leave'];
const AS_A_FORM = { method: 'POST', headers: { 'content-type': FORM }, redirect: 'manual' };

/** How often somebody had decided something (`fork` of a pack) when the page was made that a form stands on; none of the server's pages. */
function forkOf(body, id) {
    const [trip, , fork, at] = (new URLSearchParams(body).get('key') ?? '').split('-');
    // An earlier edition of the site did not count.
    return trip === id ? Number(at === undefined ? 0 : fork) : undefined;
}

/** Makes a change on this device, to be sent later; the page says so where it cannot be made without signal. */
function changeHere(url, id, lang, body) {
    return alone(id, async () => {
        const record = await packOf(id);
        if (!record?.text) return awayPage(url);
        try {
            const page = await renderer();
            const look = JSON.stringify(await lookOf(url, record));
            const { sent, row } = await changesOf(id);
            const pack = await packFor(record, { sent, row: [...row, { body }] });
            const answer = JSON.parse(page.trip_change(pack, bodies(row), body, look));
            if (answer.kind !== 'done') return asPage(answer.html, answer.status);
            try {
                if (answer.queued) await remember({ trip: id, lang, body, at: Date.now() });
            } catch (problem) {
                if (problem?.name !== 'QuotaExceededError') throw problem;
                const full = JSON.parse(page.trip_change_without_room(pack, bodies(row), body, look));
                return asPage(full.html, full.status);
            }
            self.registration.sync?.register('changes').catch(() => {});
            announce({ kept: id });
            return Response.redirect(answer.location, 303);
        } catch (problem) {
            // A pack of another edition, or a memory that is closed. What was typed is a step back in the browser.
            console.warn('a change could not be kept:', problem);
            return awayPage(url);
        }
    });
}

/** The first change that collides, on the server's own page. */
async function unsentPage(event, id) {
    const fate = await flush(id);
    if (fate.state === 'stuck') return stuckPage(event.request.url, id, fate);
    if (fate.state === 'empty') event.waitUntil(renew(id).catch(warn));
    return Response.redirect(new URL(event.request.url).pathname.replace(/\/unsent$/, ''), 303);
}

/** Another look, also where nobody can set the cookie: the server hears of it later. */
async function look(event) {
    const { searchParams } = new URL(event.request.url);
    const before = lookNamed(await setting('look').catch(() => undefined));
    const asked = (name, known) => known.find((it) => it === searchParams.get(name)) ?? before[name];
    await set('look', nameOf({ size: asked('size', SIZES), scheme: asked('scheme', SCHEMES) })).catch(warn);
    const response = await ask(event.request, PATIENCE_MS);
    if (response) return response;
    await set('look to tell', true).catch(warn);
    return Response.redirect(here(searchParams.get('back')), 303);
}

/** An address of this site, or its front page. */
function here(address) {
    const { origin } = self.location;
    try {
        const url = new URL(address ?? '/', origin);
        return url.origin === origin ? url.href : '/';
    } catch {
        return '/';
    }
}

const renewing = new Map();

/** Fetches a pack anew after a change, keeping what cannot have changed; once more if there is another change meanwhile. */
async function renew(id) {
    await changePack(id, ({ behind = 0 }) => ({ behind: behind + 1 }));
    return goOnRenewing(id);
}

function goOnRenewing(id) {
    if (!renewing.has(id)) renewing.set(id, renewNow(id).finally(() => renewing.delete(id)));
    return renewing.get(id);
}

async function renewNow(id) {
    for (;;) {
        const record = await packOf(id);
        // Not while something here waits for the version it has, nor while somebody is taking the trip along.
        if (!record?.text || !record.behind || (record.staging && !record.staging.quiet) || (await unsent(id)).length) return;
        try {
            await takeAlong(id, { lang: record.lang, build: BUILD, quiet: true });
        } catch ({ why }) {
            // What was kept is still there. A half of the new one is of no use to anybody who did not ask for it.
            await giveUp(id, true);
            if (why === 'network') await changePack(id, { behind: 1 });
            return;
        }
        await forgetOldShells();
        announce({ renewed: id });
    }
}

let catching;

/** With signal again: what waits is sent, and packs that are behind or of an earlier edition are fetched anew. */
function catchUp() {
    catching ??= (async () => {
        for (const trip of new Set((await allChanges()).filter(waits).map(({ trip }) => trip))) await flush(trip);
        if (await setting('look to tell')) {
            const { size, scheme } = lookNamed(await setting('look'));
            const told = await fetch(`/look?size=${size}&scheme=${scheme}&back=/robots.txt`).catch(() => undefined);
            if (told) await set('look to tell', false);
        }
        const changed = new Set((await allChanges()).map(({ trip }) => trip));
        for (const { id, build, text, behind, staging } of await allPacks()) {
            const isLeft = staging?.quiet && !renewing.has(id);
            if (text && behind) await goOnRenewing(id);
            else if (text && (build !== BUILD || isLeft || changed.has(id))) await renew(id);
        }
    })().finally(() => { catching = undefined; });
    return catching;
}

/** The browser tries again later where this fails: while something waits that only needs a signal. */
async function catchUpOrFail() {
    await catchUp();
    const stuck = new Set((await allPacks()).filter(({ stuck }) => stuck).map(({ id }) => id));
    const left = (await allChanges()).filter((change) => waits(change) && !stuck.has(change.trip));
    if (left.length) throw new Error(`changes that still wait for a signal: ${left.length}`);
}

self.addEventListener('sync', (event) => event.waitUntil(catchUpOrFail()));
self.addEventListener('online', () => { catchUp().catch(warn); });

self.addEventListener('message', (event) => {
    const { look: worn, send: wanted } = event.data ?? {};
    if (worn) event.waitUntil(set('look', nameOf(lookNamed(worn))).catch(warn));
    if (wanted) event.waitUntil(catchUp().catch(warn));
});
