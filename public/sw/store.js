// What the device keeps of trips: one record a pack, one a change that is not sent yet. Pages and pictures are in caches beside it.

/**
 * A trip taken along.
 * @typedef {object} Pack
 * @property {string} id of the trip
 * @property {'en' | 'zh'} lang its pages are kept in
 * @property {string | null} text the server's answer, as it came; none until everything has been kept once
 * @property {string | null} cache where its pages are
 * @property {number} keptAt when the oldest part of it was given by the server, in milliseconds since 1970
 * @property {string} build of the site that kept it
 * @property {{ group: string, count: number, bytes: number }[]} contents
 * @property {string[]} counties addresses of the search packs it leans on
 * @property {Staging | null} staging what is on its way in
 * @property {Stuck | null} stuck why the first of its changes cannot be sent
 * @property {number} [fork] how often somebody has decided here what becomes of a change: versions that were counted on before are
 *   others' since
 * @property {number} [behind] how many changes were sent since it was asked for: it is to be fetched anew
 *
 * What has been fetched of a pack that is not whole yet; until it is, the one before stays as it is. `at`: when that began, by this
 * device's clock; `quiet`: nobody has asked for it, and nobody is told where it stops.
 * @typedef {{ text: string, cache: string, at: number, anew: boolean, quiet: boolean, why: string }} Staging
 * `later`: somebody has seen it and will decide another time.
 * @typedef {{ number: number, status: number, later?: boolean }} Stuck
 *
 * A form that could not be sent, as it would have been. `sent`: the version that the server has made of it since; it stays until the
 * pack is of that version too. `on`: the version that it was decided about. `unsure`: whether it still means what it meant is for
 * somebody to say.
 * @typedef {{ number: number, trip: string, lang: 'en' | 'zh', body: string, at: number, sent?: number, on?: number, unsure?: boolean }} Change
 */

const DATABASE = 'xiaoxiang';
const DATABASE_VERSION = 1;

let opened;

function database() {
    opened ??= new Promise((resolve, reject) => {
        const request = indexedDB.open(DATABASE, DATABASE_VERSION);
        request.onupgradeneeded = () => {
            request.result.createObjectStore('packs', { keyPath: 'id' });
            request.result.createObjectStore('queue', { keyPath: 'number', autoIncrement: true }).createIndex('trip', 'trip');
            request.result.createObjectStore('settings');
        };
        request.onsuccess = () => {
            // A newer edition of the site, in another tab, is not to wait for this one.
            request.result.onversionchange = () => { request.result.close(); opened = undefined; };
            request.result.onclose = () => { opened = undefined; };
            resolve(request.result);
        };
        request.onerror = () => { opened = undefined; reject(request.error); };
    });
    return opened;
}

/** Runs `work` in one transaction and gives what its request gave, once all of it is on disk. */
async function within(stores, mode, work) {
    const begin = async () => (await database()).transaction(stores, mode);
    const transaction = await begin().catch(() => {
        // Some browsers lose the connection without a word, as when they slept.
        opened = undefined;
        return begin();
    });
    return new Promise((resolve, reject) => {
        const request = work(...stores.map((name) => transaction.objectStore(name)));
        transaction.oncomplete = () => resolve(request?.result);
        transaction.onabort = () => reject(transaction.error ?? request?.error);
    });
}

/** @returns {Promise<Pack | undefined>} */
const packOf = (id) => within(['packs'], 'readonly', (packs) => packs.get(id));
/** @returns {Promise<Pack[]>} */
const allPacks = () => within(['packs'], 'readonly', (packs) => packs.getAll());

/**
 * Changes some fields of a record, whatever else has changed in it meanwhile; makes it where there is none and `made` says how.
 * @param {Partial<Pack> | ((before: Partial<Pack>) => Partial<Pack>)} fields
 * @param {Partial<Pack>} [made]
 */
function changePack(id, fields, made) {
    return within(['packs'], 'readwrite', (packs) => {
        const request = packs.get(id);
        request.onsuccess = () => {
            const before = request.result ?? made;
            if (before) packs.put({ ...before, ...(fields instanceof Function ? fields(before) : fields), id });
        };
    });
}

const versionOf = (text) => JSON.parse(text).version;
const waits = ({ sent }) => !sent;

/**
 * Forgets a trip, and what was changed in it. `unlessUnsent`: not while there are changes that nobody else has.
 * @returns {Promise<boolean>} whether it is forgotten
 */
async function forgetTrip(id, unlessUnsent = false) {
    let done = false;
    await within(['packs', 'queue'], 'readwrite', (packs, queue) => {
        const all = queue.index('trip').getAll(id);
        all.onsuccess = () => {
            if (unlessUnsent && all.result.some(waits)) return;
            packs.delete(id);
            for (const { number } of all.result) queue.delete(number);
            done = true;
        };
    });
    return done;
}

/**
 * Takes another answer of the server for what the trip is now, with other fields. Not an older one than what is here, and not while a
 * change waits, which was made on what is here: then only the fields are changed.
 * @param {Partial<Pack>} [fields]
 */
function moveOn(id, text, fields = {}) {
    return within(['packs', 'queue'], 'readwrite', (packs, queue) => {
        const [record, all] = [packs.get(id), queue.index('trip').getAll(id)];
        all.onsuccess = () => {
            const before = record.result;
            if (!before) return;
            const here = before.text ? [versionOf(before.text), ...all.result.map(({ sent = 0 }) => sent)] : [];
            const moves = !all.result.some(waits) && here.every((version) => version <= versionOf(text));
            packs.put({ ...before, ...fields, id, text: moves || !before.text ? text : before.text });
            if (moves) for (const { number } of all.result) queue.delete(number);
        };
    });
}

/** What was changed here, oldest first: what the server has by now, and what waits. @returns {Promise<{ sent: Change[], row: Change[] }>} */
async function changesOf(trip) {
    const all = await within(['queue'], 'readonly', (queue) => queue.index('trip').getAll(trip));
    return { sent: all.filter((change) => !waits(change)), row: all.filter(waits) };
}

/** Oldest first. @returns {Promise<Change[]>} */
const unsent = async (trip) => (await changesOf(trip)).row;
/** Of every trip, also what is sent. @returns {Promise<Change[]>} */
const allChanges = () => within(['queue'], 'readonly', (queue) => queue.getAll());
/** @param {Omit<Change, 'number'>} change */
const remember = (change) => within(['queue'], 'readwrite', (queue) => queue.add(change));
const takeOut = (number) => within(['queue'], 'readwrite', (queue) => queue.delete(number));

/**
 * Writes changes of a trip anew, all or none. That something was stuck is over.
 * @param {Change[]} changes
 * @param {boolean} [forks] see `fork` of a pack
 */
function rewrite(trip, changes, forks = false) {
    return within(['queue', 'packs'], 'readwrite', (queue, packs) => {
        changes.forEach((change) => queue.put(change));
        const request = packs.get(trip);
        request.onsuccess = () => {
            const before = request.result;
            // It is large: written only where something of it changes.
            if (before && (before.stuck || forks)) packs.put({ ...before, stuck: null, fork: (before.fork ?? 0) + (forks ? 1 : 0) });
        };
    });
}

const setting = (name) => within(['settings'], 'readonly', (settings) => settings.get(name));
const set = (name, value) => within(['settings'], 'readwrite', (settings) => settings.put(value, name));

/** One at a time for each trip, over all tabs and the worker. */
const alone = (trip, work) => {
    if (navigator.locks) return navigator.locks.request(`trip-${trip}`, work);
    // Without locks the worker is still alone with itself, and pages change nothing but packs.
    const turn = (turns.get(trip) ?? Promise.resolve()).then(work, work);
    turns.set(trip, turn.catch(() => {}));
    return turn;
};
const turns = new Map();

const prefixOf = (lang) => (lang === 'en' ? '/en' : '');
