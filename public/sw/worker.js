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
        event.respondWith(formOfTrip(event, id, rest));
    } else if (request.method === 'POST' && request.mode === 'navigate') {
        event.respondWith(ask(request, 0).then((response) => response ?? awayPage(request.url)));
    } else if (request.method === 'GET' && url.pathname.startsWith('/assets/')) {
        // Named after what is in it.
        event.respondWith(caches.match(request, { ignoreVary: true }).then((kept) => kept ?? fetch(request)));
    } else if (request.method === 'GET' && id && rest === '/unsent') {
        event.respondWith(unsentPage(event, id));
    } else if (request.method === 'GET' && request.mode === 'navigate') {
        event.respondWith(page(event, id));
    } else if (request.method === 'GET' && !url.pathname.startsWith('/api/') && rest !== '/pack') {
        event.respondWith(fetch(request).catch(async () => (await caches.match(request, { ignoreVary: true })) ?? Response.error()));
    }
});

/** Whether the site itself has answered: a proxy that has lost it has nothing to say. */
const answered = (response) => ![502, 503, 504].includes(response.status);

const after = (ms, value) => new Promise((resolve) => { setTimeout(resolve, ms, value); });

/** Asks the network, for so long or as long as it takes; none where it has no answer of the site. */
async function ask(request, within) {
    const answer = fetch(request).catch(() => undefined);
    const response = await (within ? Promise.race([answer, after(within)]) : answer);
    return response && answered(response) ? response : undefined;
}

async function page(event, id) {
    const { request } = event;
    const { bare, search } = addressOf(request.url);
    if (bare === '/look') return look(event);
    const record = id ? await packOf(id) : undefined;
    const isTrip = id && bare === `/trips/${id}`;
    if (isTrip && record) event.waitUntil(set('last trip', id));
    // What was done here comes first: the server's page is to show it. Somebody may want that page before deciding.
    if (isTrip && search !== '?later=1' && (await unsent(id)).length) {
        const { state } = await Promise.race([flush(id), after(PATIENCE_MS, { state: 'waiting' })]);
        if (state === 'stuck') return Response.redirect(`${new URL(request.url).pathname}/unsent`, 303);
        if (state === 'waiting') return (await tripPage(request.url, id)) ?? awayPage(request.url);
    }
    const kept = await caches.match(request, { ignoreVary: true });
    const response = await ask(request, kept || record?.text ? PATIENCE_MS : 0);
    if (!response) return FILE.test(bare) ? (kept || Response.error()) : pageWithoutSignal(request.url);
    event.waitUntil(catchUp());
    return response;
}

/** Forms of a trip. A change is kept here where it cannot be sent; the others need the server. */
async function formOfTrip(event, id, rest) {
    const { request } = event;
    const { lang } = addressOf(request.url);
    const body = await request.clone().text();
    // A decision on the page that the server gave: it says which change it is about.
    if (rest === '/unsent' || (rest === '/edit' && new URLSearchParams(body).has('unsent'))) {
        const fate = await decide(id, lang, body);
        if (fate.state === 'stuck') return new Response(fate.html, { status: fate.status, headers: HTML });
        if (fate.state === 'empty') event.waitUntil(renew(id));
        return Response.redirect(`${prefixOf(lang)}/trips/${id}`, 303);
    }
    const isChange = rest === '/edit';
    const { state } = isChange && (await unsent(id)).length ? await flush(id) : { state: 'empty' };
    const madeHere = madeHereAt(body, id);
    // A form of the server's page is about what the server has, whatever waits here.
    if (state === 'empty' || (state === 'stuck' && !madeHere)) {
        const record = await packOf(id);
        // What was done here has gone its own way since: the version that the form counts on may be another's by now.
        const forked = madeHere && madeHere < (record?.forkedAt ?? 0);
        const sent = forked ? new Request(request.url, { ...AS_A_FORM, body: onVersion(body, 0) }) : request;
        const response = await ask(sent, record?.text ? SEND_WITHIN_MS : 0);
        if (response?.type === 'opaqueredirect' || response?.redirected) {
            event.waitUntil(rest === '/delete' ? leaveBehind(id) : renew(id));
        }
        if (response) return response;
    }
    return changeHere(request.url, id, lang, body);
}

const AS_A_FORM = { method: 'POST', headers: { 'content-type': FORM }, redirect: 'manual' };

/** When the page was made that a form stands on, if it was made on this device: its forms are named so. */
function madeHereAt(body, id) {
    const [trip, , at] = (new URLSearchParams(body).get('key') ?? '').split('-');
    return trip === id ? Number(at) : 0;
}

/** Makes a change on this device, to be sent later; the page says so where it cannot be made without signal. */
function changeHere(url, id, lang, body) {
    return alone(id, async () => {
        const record = await packOf(id);
        if (!record?.text) return awayPage(url);
        try {
            const page = await renderer();
            const look = JSON.stringify(await lookOf(url));
            const row = await unsent(id);
            const pack = await packFor(record, [...row, { body }]);
            const answer = JSON.parse(page.trip_change(pack, bodies(row), body, look));
            if (answer.kind !== 'done') return new Response(answer.html, { status: answer.status, headers: HTML });
            if (answer.queued) await remember({ trip: id, lang, body, at: Date.now() });
            self.registration.sync?.register('changes').catch(() => {});
            announce({ kept: id });
            return Response.redirect(answer.location, 303);
        } catch (problem) {
            // No room, or a pack of another edition. What was typed is a step back in the browser.
            console.warn('a change could not be kept:', problem);
            return awayPage(url);
        }
    });
}

/** The first change that collides, on the server's own page. */
async function unsentPage(event, id) {
    const fate = await flush(id);
    if (fate.state === 'stuck') return new Response(fate.html, { status: fate.status, headers: HTML });
    if (fate.state === 'empty') event.waitUntil(renew(id));
    return Response.redirect(new URL(event.request.url).pathname.replace(/\/unsent$/, ''), 303);
}

/** Another look, also where nobody can set the cookie: the server hears of it later. */
async function look(event) {
    const { searchParams } = new URL(event.request.url);
    const [size = 'normal', scheme = 'auto'] = (await setting('look'))?.split('.') ?? [];
    await set('look', `${searchParams.get('size') ?? size}.${searchParams.get('scheme') ?? scheme}`);
    const response = await ask(event.request, PATIENCE_MS);
    if (response) return response;
    await set('look to tell', true);
    const back = searchParams.get('back') ?? '/';
    return Response.redirect(/^\/(?![/\\])/.test(back) ? back : '/', 303);
}

/** Fetches a pack anew after a change, keeping what cannot have changed. Not while something here waits for the version it has. */
async function renew(id) {
    const record = await packOf(id);
    if (!record?.text || record.staging || (await unsent(id)).length) return;
    try {
        await takeAlong(id, { lang: record.lang, build: BUILD });
        await forgetOldShells();
        announce({ renewed: id });
    } catch {
        // What was kept is still there. A half of the new one is of no use to anybody who did not ask for it.
        await giveUp(id);
    }
}

let catching;

/** With signal again: what waits is sent, and packs of an earlier edition are fetched anew. */
function catchUp() {
    catching ??= (async () => {
        for (const trip of new Set((await allUnsent()).map(({ trip }) => trip))) {
            if ((await flush(trip)).state === 'empty') await renew(trip);
        }
        if (await setting('look to tell')) {
            const [size, scheme] = (await setting('look')).split('.');
            const told = await fetch(`/look?size=${size}&scheme=${scheme}&back=/robots.txt`).catch(() => undefined);
            if (told) await set('look to tell', false);
        }
        for (const { id, build, text } of await allPacks()) if (text && build !== BUILD) await renew(id);
    })().finally(() => { catching = undefined; });
    return catching;
}

self.addEventListener('sync', (event) => event.waitUntil(catchUp()));
self.addEventListener('online', () => { catchUp(); });

self.addEventListener('message', (event) => {
    const { look: worn, send: wanted } = event.data ?? {};
    if (worn) event.waitUntil(set('look', worn));
    if (wanted) event.waitUntil(catchUp());
});
