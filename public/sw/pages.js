// Pages where there is no signal: those that were kept, and those that the site's own code makes here from what was kept.

const HTML = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' };
/** What the site says with every answer, of how a browser is to treat it. */
const MANNERS = [
    'content-security-policy', 'x-content-type-options', 'referrer-policy', 'x-frame-options', 'permissions-policy', 'cross-origin-opener-policy',
];

/** A page of the site that the site itself has not answered, or not as a page. */
async function asPage(html, status) {
    const headers = new Headers(HTML);
    // As the site said when it gave its style: it alone knows its policy.
    const said = (await caches.match(ASSETS.css, { ignoreVary: true }).catch(() => undefined))?.headers;
    headers.set('content-security-policy', "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'");
    for (const name of MANNERS) if (said?.has(name)) headers.set(name, said.get(name));
    return new Response(html, { status, headers });
}

let awake;

/** The site's own pages, compiled for here. */
function renderer() {
    awake ??= (async () => {
        const wasm = (await caches.match(OFFLINE_WASM)) ?? (await fetch(OFFLINE_WASM));
        await offline({ module_or_path: wasm });
        return offline;
    })();
    awake.catch(() => { awake = undefined; });
    return awake;
}

/** Path and query without the language, and the language. */
function addressOf(url) {
    const { pathname, search } = new URL(url);
    const english = pathname === '/en' || pathname.startsWith('/en/');
    const bare = english ? pathname.slice(3) || '/' : pathname;
    return { lang: english ? 'en' : 'zh', path: bare + search, bare, search };
}

const SIZES = ['normal', 'elder'];
const SCHEMES = ['auto', 'light', 'dark'];

/** A look by its name, `elder.dark`. What is no look is the usual one: it comes from an address or a cookie. */
function lookNamed(name) {
    const [size, scheme] = String(name ?? '').split('.');
    return { size: SIZES.includes(size) ? size : SIZES[0], scheme: SCHEMES.includes(scheme) ? scheme : SCHEMES[0] };
}
const nameOf = ({ size, scheme }) => `${size}.${scheme}`;

/** How whoever looks wants it: as the cookie says, where a worker may read it, or as the last page said. */
async function lookOf(url, record) {
    const { lang, path } = addressOf(url);
    const known = (name) => setting(name).catch(() => undefined);
    const cookie = (await known('look to tell')) ? undefined : (await self.cookieStore?.get('look'))?.value;
    const look = lookNamed(cookie ?? (await known('look')));
    const { origin } = self.location;
    return { lang, ...look, path, base_url: origin, assets: ASSETS, now_ms: Date.now(), fork: record?.fork ?? 0 };
}

function respond(json) {
    const { status, html } = JSON.parse(json);
    return asPage(html, status);
}

const bodies = (row) => JSON.stringify(row.map(({ body }) => body));

/** A trip's pack as the site has it by now: with what was sent since, and the places that changes have brought to it out of a county's. */
async function packFor(record, { sent, row }) {
    const page = await renderer();
    const all = [...sent, ...row];
    const brings = all.filter(doesOneOf(BRINGS_A_PLACE));
    const pack = brings.length ? page.trip_pack_with(record.text, (await keptCounties()).packs, bodies(brings)) : record.text;
    const steps = sent.map((change) => ({ body: change.body, version: change.sent }));
    if (row[0]?.on) steps.push({ body: '', version: row[0].on });
    return steps.length ? page.trip_pack_after(pack, JSON.stringify(steps)) : pack;
}

/** The trip, or its sheet of paper, as it stands on this device, with the changes that are not sent yet. None where it was not kept. */
async function tripPage(url, id) {
    const record = await packOf(id);
    if (!record?.text) return undefined;
    try {
        const page = await renderer();
        const look = await lookOf(url, record);
        const changes = await changesOf(id);
        const answer = page.trip_page(await packFor(record, changes), bodies(changes.row), JSON.stringify(look), look.path);
        return JSON.parse(answer).status === 404 ? undefined : await respond(answer);
    } catch (problem) {
        // Kept by another edition of the site, or this browser runs no such code.
        console.warn('the trip is shown as it was kept:', problem);
        return keptPage(new URL(url).pathname);
    }
}

/** A page as it was kept, in the look of whoever looks now. */
async function keptPage(address) {
    const kept = await caches.match(address, { ignoreVary: true });
    if (!kept?.headers.get('content-type')?.startsWith('text/html')) return kept;
    const { size, scheme } = await lookOf(new URL(address, self.location.origin).href);
    const dress = (head) => head
        .replace(/data-size="\w+"/, `data-size="${size}"`)
        .replace(/data-scheme="\w+"/, `data-scheme="${scheme}"`);
    const html = (await kept.text()).replace(/<html[^>]*>/, dress);
    return asPage(html, kept.status);
}

/** The search packs of every county that a kept trip touches, and from when the oldest of them is. */
async function keptCounties() {
    const shared = await caches.open(COUNTIES);
    const kept = await Promise.all((await shared.keys()).map((request) => shared.match(request)));
    const packs = await Promise.all(kept.map(async (response) => new Uint8Array(await response.arrayBuffer())));
    return { packs, kept_ms: Math.min(...kept.map(keptAt)) };
}

/** Whatever page it is, without signal. */
async function pageWithoutSignal(url) {
    const { bare, search } = addressOf(url);
    const id = bare.match(/^\/trips\/([0-9a-f]{32})(\/print|\/today)?$/)?.[1];
    const page = id ? await tripPage(url, id) : await keptPage(new URL(url).pathname + search);
    return page ?? (await rendered(url, bare, search)) ?? awayPage(url);
}

/** Search, and pages of the catalogue that were not kept themselves. */
async function rendered(url, bare, search) {
    try {
        if (!/^\/[a-z]+(\/[a-z0-9-]+)?$/.test(bare) || /^\/trips(\/|$)/.test(bare)) return undefined;
        const { packs, kept_ms } = await keptCounties();
        if (!packs.length) return undefined;
        const [page, look] = [await renderer(), JSON.stringify(await lookOf(url))];
        const more = JSON.stringify({ kept_ms, trip: await tripToAddTo().catch(() => undefined) });
        const isListing = bare.indexOf('/', 1) > 0;
        const answer = isListing ? page.listing_page(packs, bare, look, more) : page.search_page(packs, search.slice(1), look, more);
        return JSON.parse(answer).status === 404 ? undefined : await respond(answer);
    } catch (problem) {
        console.warn('no page could be made:', problem);
        return undefined;
    }
}

/** The trip that what is found can be added to: the one that was looked at last. */
async function tripToAddTo() {
    const packs = (await allPacks()).filter(({ text }) => text);
    const last = await setting('last trip');
    const record = packs.find(({ id }) => id === last) ?? packs[0];
    if (!record) return undefined;
    const changes = await changesOf(record.id);
    const { id, trip } = JSON.parse(record.text);
    const state = (await renderer()).trip_state(await packFor(record, changes), bodies(changes.row), Date.now());
    const key = `${id}-${JSON.parse(state).version}-${record.fork ?? 0}-${Date.now()}`;
    return { id, title: trip.title, version: JSON.parse(state).version, days: trip.days.length, key };
}

/** The trips on this device, with what waits for each. */
async function keptTrips() {
    const whole = (await allPacks()).filter(({ text }) => text);
    return Promise.all(whole.map(async (record) => {
        const changes = await changesOf(record.id);
        const pack = await packFor(record, changes).catch(() => record.text);
        return { pack, queue: changes.row.map(({ body }) => body) };
    }));
}

/** The trips that are kept; for what is not, with the word that there is no signal. */
async function awayPage(url) {
    try {
        const page = await renderer();
        return await respond(page.away_page(JSON.stringify(await keptTrips()), JSON.stringify(await lookOf(url))));
    } catch (problem) {
        console.warn('the plainest page:', problem);
        const said = inLang(url, '没有信号。这部设备上存着：', 'No signal. What is kept on this device:');
        const links = (await allPacks()).filter(({ text }) => text).map(({ id, text }) => (
            `<li><a href="${prefixOf(addressOf(url).lang)}/trips/${id}">${titleIn(text) ?? id}</a></li>`
        ));
        return plainestPage(url, 503, said, `<ul>${links.join('')}</ul><p><a href="">${inLang(url, '再试一次', 'Try again')}</a></p>`);
    }
}

/** What the site says of a trip that it does not have any more, or not for this device, while this device still has it. */
async function gonePage(url, id, status) {
    const [record, changes] = await Promise.all([packOf(id), changesOf(id)]);
    if (!record && !changes.row.length) return undefined;
    try {
        const page = await renderer();
        const look = JSON.stringify(await lookOf(url, record));
        return await asPage(JSON.parse(page.gone_page(await packFor(record, changes), bodies(changes.row), look)).html, status);
    } catch (problem) {
        console.warn('the plainest page:', problem);
        const said = inLang(url, '服务器上没有这个行程了', 'The server does not have this trip any more');
        const count = changes.row.length;
        const waiting = inLang(url, `还没有发出的修改：${count}处。`, `Changes not sent yet: ${count}.`);
        const remove = inLang(url, '从这部设备删掉', 'Remove it from this device');
        return plainestPage(url, status, said, `<p>${titleIn(record?.text) ?? ''}</p><p>${waiting}</p>
<form method="post" action="${prefixOf(addressOf(url).lang)}/trips/${id}/unsent"><button name="forget" value="1">${remove}</button></form>`);
    }
}

const inLang = (url, zh, en) => (addressOf(url).lang === 'en' ? en : zh);
const titleIn = (text) => text && JSON.parse(text).trip?.title?.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

/** For a browser that cannot even run the site's own code. */
function plainestPage(url, status, said, inside) {
    return asPage(`<!DOCTYPE html><html lang="${addressOf(url).lang}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${said}</title><link rel="stylesheet" href="${ASSETS.css}"><main><h1>${said}</h1>${inside}</main></html>`, status);
}
