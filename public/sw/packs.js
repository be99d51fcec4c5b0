// Taking a trip along: everything of it is fetched beside what is there already, and takes its place only when it is whole.

/** Asked for by pages that will be kept: they say themselves from when they are. */
const COPY = { 'x-offline-copy': '1' };
const AT_ONCE = 3;
/** What can be used again without asking, and for how long: a page says from when it is, and a trip is looked at for days. */
const LASTING = ['pages', 'covers'];
const FRESH_MS = 24 * 60 * 60 * 1000;
/** Clocks of a device and of the site differ by minutes; by more, and one of them is wrong. */
const SLACK_MS = 10 * 60 * 1000;
const isFresh = (at, now) => now - FRESH_MS <= at && at <= now + SLACK_MS;
/** Search packs lean on no trip: two trips through one county share one. */
const COUNTIES = 'counties';

/** Why something is not whole. */
class Halt extends Error {
    /** @param {'network' | 'storage' | 'stopped' | 'gone'} why */
    constructor(why) {
        super(why);
        this.why = why;
    }
}

const haltOf = (problem) => {
    if (problem instanceof Halt) return problem;
    if (problem?.name === 'QuotaExceededError') return new Halt('storage');
    return new Halt(problem?.name === 'AbortError' ? 'stopped' : 'network');
};

/** Asks the server what belongs to a trip. Gives its answer as text. */
async function askForPack(id, lang, signal) {
    const response = await fetch(`${prefixOf(lang)}/trips/${id}/pack`, { cache: 'no-store', signal });
    if (response.status === 403 || response.status === 404) throw new Halt('gone');
    if (!response.ok || response.redirected) throw new Halt('network');
    return response.text();
}

/** Which part of a pack an address is. */
function groupOf(path) {
    if (/^(\/en)?\/trips\/[0-9a-f]{32}\/trip\./.test(path)) return 'files';
    if (/^(\/en)?\/trips\//.test(path)) return 'trip';
    return path.startsWith('/covers/') ? 'covers' : 'pages';
}

/** What such an address takes about, unpacked: known only when it is there. */
const USUAL_BYTES = { files: 6_000, trip: 90_000, covers: 5_000, pages: 45_000, search: 100_000 };

/**
 * What is to be fetched, and about how much it is.
 * @returns {{ path: string, bytes: number, group: 'files' | 'trip' | 'covers' | 'pages' | 'search' }[]}
 */
function partsOf(pack) {
    const own = [...pack.pages, ...pack.files].map((path) => ({ path, group: groupOf(path) }));
    const search = pack.counties.map(({ address, bytes }) => ({ path: address, bytes, group: 'search' }));
    return [...own, ...search].map((part) => ({ ...part, bytes: part.bytes ?? USUAL_BYTES[part.group] }));
}

const searchPacksOf = (pack) => pack.counties.map(({ address }) => address);

/**
 * Fetches what is still missing of a trip. What is there counts as fetched, so that after an interruption this goes on.
 * @param {{ lang: 'en' | 'zh', build: string, text?: string, anew?: boolean, quiet?: boolean, signal?: AbortSignal,
 *           tell?: (done: number, all: number, bytes: number) => void }} how
 *   `text`: the server's answer, where it has been asked already; `anew`: nothing that was kept before is good enough; `quiet`: nobody
 *   has asked for it
 */
const takeAlong = (id, how) => alone(`pack-${id}`, async () => {
    try {
        const staging = await stage(id, how);
        await fill(id, staging, how);
        await becomeWhole(id, staging, how.build);
    } catch (problem) {
        const halt = haltOf(problem);
        const staging = (await packOf(id))?.staging;
        if (staging && !how.quiet) await changePack(id, { staging: { ...staging, why: halt.why } }).catch(() => {});
        throw halt;
    }
});

/** Where an earlier attempt has stopped, or a new place beside the pack there is. */
async function stage(id, { lang, build, text, anew = false, quiet = false, signal }) {
    const before = (await packOf(id))?.staging;
    if (before && !before.quiet) {
        // What somebody has begun is theirs to go on with.
        if (quiet) throw new Halt('stopped');
        if (!anew && isFresh(before.at, Date.now()) && (!text || before.text === text)) return before;
    }
    if (before) await caches.delete(before.cache);
    const now = Date.now();
    const behind = (await packOf(id))?.behind;
    const given = text ?? await askForPack(id, lang, signal);
    const staging = { text: given, cache: `trip-${id}-${now}`, at: now, anew, quiet, why: 'stopped' };
    const made = { text: null, cache: null, keptAt: 0, build, contents: [], counties: [], stuck: null };
    // What was changed while it was asked for may not be in the answer.
    await changePack(id, (it) => ({ staging, lang, behind: text || it.behind !== behind ? it.behind : 0 }), made);
    // The trip itself is whole as it is, and what is changed from now on is changed on this version.
    if ((await packOf(id)).text) await alone(id, () => moveOn(id, given));
    return staging;
}

async function fill(id, staging, { signal, tell = () => {} }) {
    const old = (await packOf(id))?.cache;
    const [own, counties, before] = await Promise.all([staging.cache, COUNTIES, old ?? staging.cache].map((name) => caches.open(name)));
    const parts = partsOf(JSON.parse(staging.text));
    const queue = [...parts];
    let [done, bytes] = [0, 0];
    const serves = (kept) => kept && !staging.anew && isFresh(keptAt(kept), Date.now());
    const keep = async (part) => {
        const shared = part.group === 'search';
        const cache = shared ? counties : own;
        const there = await cache.match(part.path);
        if (there && (!shared || serves(there))) return sizeOf(there);
        const older = LASTING.includes(part.group) ? await before.match(part.path) : undefined;
        if (!serves(older)) return fetchInto(cache, part, signal);
        await cache.put(part.path, older.clone());
        return sizeOf(older);
    };
    const work = async () => {
        for (let part = queue.shift(); part; part = queue.shift()) {
            bytes += await keep(part);
            tell(done += 1, parts.length, bytes);
        }
    };
    tell(0, parts.length, 0);
    const workers = await Promise.allSettled(Array.from({ length: AT_ONCE }, work));
    const failed = workers.find((worker) => worker.status === 'rejected');
    if (failed) throw failed.reason;
}

const numberIn = (response, name) => Number(response.headers.get(name) ?? 0);
const sizeOf = (response) => numberIn(response, 'x-kept-bytes');
const keptAt = (response) => numberIn(response, 'x-kept-at');

/** Gives how many bytes were kept. */
async function fetchInto(cache, { path }, signal) {
    const response = await fetch(path, { headers: COPY, cache: 'no-cache', signal });
    // A place can leave the catalogue between two answers; without it the rest is still worth having.
    if (response.status === 404) return 0;
    if (!response.ok || response.redirected) throw new Halt('network');
    const body = await response.blob();
    const headers = new Headers(response.headers);
    // The body is unpacked by now, and kept as it is.
    for (const name of ['content-encoding', 'content-length', 'vary']) headers.delete(name);
    headers.set('x-kept-bytes', String(body.size));
    // By the clock of the site: the device's may be wrong.
    headers.set('x-kept-at', String(Date.parse(headers.get('date')) || Date.now()));
    await cache.put(path, new Response(body, { headers }));
    return body.size;
}

async function becomeWhole(id, staging, build) {
    const [own, shared] = await Promise.all([caches.open(staging.cache), caches.open(COUNTIES)]);
    const groups = new Map();
    const pack = JSON.parse(staging.text);
    let oldest = Date.parse(pack.made_at) || Date.now();
    for (const { path, group } of partsOf(pack)) {
        const kept = await (group === 'search' ? shared : own).match(path);
        if (!kept) continue;
        oldest = Math.min(oldest, keptAt(kept));
        const before = groups.get(group) ?? { group, count: 0, bytes: 0 };
        groups.set(group, { group, count: before.count + 1, bytes: before.bytes + sizeOf(kept) });
    }
    const old = await packOf(id);
    const whole = { cache: staging.cache, keptAt: oldest, build, contents: [...groups.values()], counties: searchPacksOf(pack) };
    await alone(id, () => moveOn(id, staging.text, { ...whole, staging: null }));
    if (old.cache && old.cache !== staging.cache) await caches.delete(old.cache);
    await sweep();
}

/** Gives up what was fetched of a pack that did not become whole; the one before stays. `quiet`: only what nobody has asked for. */
const giveUp = (id, quiet = false) => alone(`pack-${id}`, async () => {
    const record = await packOf(id);
    if (!record?.staging || (quiet && !record.staging.quiet)) return;
    if (record.text) await changePack(id, { staging: null });
    else await forgetTrip(id);
    await caches.delete(record.staging.cache);
    await sweep();
});

/** Takes a trip off this device. Not while there are changes that nobody else has, unless they are given up too. */
const leaveBehind = (id, withUnsent = false) => alone(`pack-${id}`, () => alone(id, async () => {
    const record = await packOf(id);
    if (!(await forgetTrip(id, !withUnsent))) return false;
    for (const cache of [record?.cache, record?.staging?.cache]) if (cache) await caches.delete(cache);
    await sweep();
    return true;
}));

/** Drops what no pack leans on any more: search packs of counties, caches of trips that are gone. */
async function sweep() {
    const packs = await allPacks();
    const held = new Set(packs.flatMap(({ cache, staging }) => [cache, staging?.cache]));
    const counties = new Set(packs.flatMap(({ counties, staging }) => [
        ...counties,
        ...(staging ? searchPacksOf(JSON.parse(staging.text)) : []),
    ]));
    for (const name of await caches.keys()) if (name.startsWith('trip-') && !held.has(name)) await caches.delete(name);
    const shared = await caches.open(COUNTIES);
    for (const request of await shared.keys()) {
        const { pathname, search } = new URL(request.url);
        if (!counties.has(pathname + search)) await shared.delete(request);
    }
}
