// Pages where there is no signal: those that were kept, and those that the site's own code makes here from what was kept.

const HTML = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' };

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

/** How whoever looks wants it: as the cookie says, where a worker may read it, or as the last page said. */
async function lookOf(url) {
    const { lang, path } = addressOf(url);
    const cookie = (await setting('look to tell')) ? undefined : (await self.cookieStore?.get('look'))?.value;
    const [size = 'normal', scheme = 'auto'] = (cookie ?? (await setting('look')))?.split('.') ?? [];
    return { lang, size, scheme, path, base_url: self.location.origin, assets: ASSETS, now_ms: Date.now() };
}

async function respond(json) {
    const { status, html } = JSON.parse(json);
    return new Response(html, { status, headers: HTML });
}

const bodies = (row) => JSON.stringify(row.map(({ body }) => body));

/** A trip's pack, with the places that changes have brought to it out of a county's. */
async function packFor(record, row) {
    const brings = row.filter(({ body }) => deedOf(body) === 'add');
    if (!brings.length) return record.text;
    return (await renderer()).trip_pack_with(record.text, await countyPacks(), bodies(brings));
}

/** The trip, or its sheet of paper, as it stands on this device, with the changes that are not sent yet. None where it was not kept. */
async function tripPage(url, id) {
    const record = await packOf(id);
    if (!record?.text) return undefined;
    try {
        const page = await renderer();
        const look = await lookOf(url);
        const row = await unsent(id);
        const answer = page.trip_page(await packFor(record, row), bodies(row), JSON.stringify(look), look.path);
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
    return new Response(html, { status: kept.status, headers: HTML });
}

/** The search packs of every county that a kept trip touches. */
async function countyPacks() {
    const shared = await caches.open(COUNTIES);
    const kept = await Promise.all((await shared.keys()).map((request) => shared.match(request)));
    return Promise.all(kept.map(async (response) => new Uint8Array(await response.arrayBuffer())));
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
        const packs = await countyPacks();
        if (!packs.length) return undefined;
        const [page, look, more] = [await renderer(), JSON.stringify(await lookOf(url)), JSON.stringify(await aroundSearch())];
        const isListing = bare.indexOf('/', 1) > 0;
        const answer = isListing ? page.listing_page(packs, bare, look, more) : page.search_page(packs, search.slice(1), look, more);
        return JSON.parse(answer).status === 404 ? undefined : await respond(answer);
    } catch (problem) {
        console.warn('no page could be made:', problem);
        return undefined;
    }
}

/** When the oldest pack was kept, and the trip that what is found can be added to: the one that was looked at last. */
async function aroundSearch() {
    const packs = (await allPacks()).filter(({ text }) => text);
    const kept_ms = Math.min(...packs.map(({ keptAt }) => keptAt));
    const last = await setting('last trip');
    const record = packs.find(({ id }) => id === last) ?? packs[0];
    if (!record) return {};
    const row = await unsent(record.id);
    const { id, trip } = JSON.parse(record.text);
    const { version } = JSON.parse((await renderer()).trip_state(await packFor(record, row), bodies(row), Date.now()));
    const key = `${id}-${version}-${Date.now()}`;
    return { kept_ms, trip: { id, title: trip.title, version, days: trip.days.length, key } };
}

/** What is on this device of each trip, for the pages that list them. */
async function keptTrips() {
    const [packs, row] = await Promise.all([allPacks(), allUnsent()]);
    const whole = packs.filter(({ text }) => text);
    return whole.map(({ id, text }) => ({ pack: text, queue: row.filter(({ trip }) => trip === id).map(({ body }) => body) }));
}

/** The trips that are kept; for what is not, with the word that there is no signal. */
async function awayPage(url) {
    try {
        const page = await renderer();
        return await respond(page.away_page(JSON.stringify(await keptTrips()), JSON.stringify(await lookOf(url))));
    } catch (problem) {
        console.warn('the plainest page:', problem);
        return plainestPage(url);
    }
}

/** For a browser that cannot even run the site's own code. */
async function plainestPage(url) {
    const { lang } = addressOf(url);
    const said = lang === 'en' ? 'No signal. What is kept on this device:' : '没有信号。这部设备上存着：';
    const again = lang === 'en' ? 'Try again' : '再试一次';
    const links = (await allPacks()).filter(({ text }) => text).map(({ id, text }) => {
        const title = (JSON.parse(text).trip?.title ?? id).replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
        return `<li><a href="${prefixOf(lang)}/trips/${id}">${title}</a></li>`;
    });
    const html = `<!DOCTYPE html><html lang="${lang}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${said}</title><link rel="stylesheet" href="${ASSETS.css}"><main><h1>${said}</h1><ul>${links.join('')}</ul>
<p><a href="">${again}</a></p></main></html>`;
    return new Response(html, { status: 503, headers: HTML });
}
