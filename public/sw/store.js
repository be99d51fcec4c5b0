// What the device keeps of trips: one record a pack, one a change that is not sent yet. Pages and pictures are in caches beside it.

/**
 * A trip taken along.
 * @typedef {object} Pack
 * @property {string} id of the trip
 * @property {'en' | 'zh'} lang its pages are kept in
 * @property {string | null} text the server's answer, as it came; none until everything has been kept once
 * @property {string | null} cache where its pages are
 * @property {number} keptAt milliseconds since 1970, by this device's clock
 * @property {string} build of the site that kept it
 * @property {{ group: string, count: number, bytes: number }[]} contents
 * @property {string[]} counties addresses of the search packs it leans on
 * @property {Staging | null} staging what is on its way in
 * @property {Stuck | null} stuck why the first of its changes cannot be sent
 * @property {number} [forkedAt] when it was last found that somebody else had changed the trip too
 *
 * What has been fetched of a pack that is not whole yet; until it is, the one before stays as it is.
 * @typedef {{ text: string, cache: string, since: number, why: string }} Staging
 * @typedef {{ number: number, status: number }} Stuck
 *
 * A form that could not be sent, as it would have been.
 * @typedef {{ number: number, trip: string, lang: 'en' | 'zh', body: string, at: number }} Change
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
    const transaction = (await database()).transaction(stores, mode);
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
 * @param {Partial<Pack>} fields
 * @param {Partial<Pack>} [made]
 */
function changePack(id, fields, made) {
    return within(['packs'], 'readwrite', (packs) => {
        const request = packs.get(id);
        request.onsuccess = () => {
            const before = request.result ?? made;
            if (before) packs.put({ ...before, ...fields, id });
        };
    });
}

const forgetPack = (id) => within(['packs'], 'readwrite', (packs) => packs.delete(id));

/** Oldest first. @returns {Promise<Change[]>} */
const unsent = (trip) => within(['queue'], 'readonly', (queue) => queue.index('trip').getAll(trip));
/** @returns {Promise<Change[]>} */
const allUnsent = () => within(['queue'], 'readonly', (queue) => queue.getAll());
/** @param {Omit<Change, 'number'>} change */
const remember = (change) => within(['queue'], 'readwrite', (queue) => queue.add(change));

/** Takes one change out and writes others anew, or neither. @param {Change[]} rest */
function settle(trip, number, rest) {
    return within(['queue', 'packs'], 'readwrite', (queue, packs) => {
        queue.delete(number);
        rest.forEach((change) => queue.put(change));
        const request = packs.get(trip);
        request.onsuccess = () => { if (request.result) packs.put({ ...request.result, stuck: null }); };
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
