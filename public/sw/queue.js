// Changes made without signal: sent as they are and in order, one trip at a time. What the server says no to stays, first in its row.

const SEND_WITHIN_MS = 20_000;
const FORM = 'application/x-www-form-urlencoded';

/**
 * How a change fared: `sent`; `waiting` for signal; `stuck` because somebody must decide, on the page the server gave.
 * @typedef {{ state: 'sent', version: number } | { state: 'waiting' } | { state: 'stuck', status: number, html: string }} Fate
 */

/** @param {Change} change @param {number} behind how many wait behind it @returns {Promise<Fate>} */
async function send({ trip, lang, body, number }, behind) {
    let response;
    try {
        response = await fetch(`${prefixOf(lang)}/trips/${trip}/edit`, {
            method: 'POST',
            body,
            headers: { 'content-type': FORM, 'x-unsent': `${number} ${behind}` },
            redirect: 'manual',
            signal: AbortSignal.timeout ? AbortSignal.timeout(SEND_WITHIN_MS) : undefined,
        });
    } catch {
        return { state: 'waiting' };
    }
    const version = Number(response.headers.get('x-trip-version'));
    // Whoever answers without it is not the site: a hotel's sign-in page, a proxy that has lost its server.
    if (response.status === 204 && version > 0) return { state: 'sent', version };
    if ([403, 404, 409, 422].includes(response.status)) {
        return { state: 'stuck', status: response.status, html: await response.text() };
    }
    return { state: 'waiting' };
}

/** What a form does, by its own word: `set_note`, `undo`, `visit`. */
function deedOf(body) {
    const typed = new URLSearchParams(body);
    const edit = typed.get('edit') ?? '';
    if (!edit) return typed.get('set') ?? '';
    try {
        return edit.startsWith('{') ? JSON.parse(edit).edit : edit;
    } catch {
        return '';
    }
}

// They name a stop by its number or nothing but the trip, and mean the same whatever else was changed.
const SURE = ['visit', 'trip', 'remove_visit', 'set_stay', 'set_arrival', 'set_locked', 'set_cost', 'set_hours', 'set_last_shuttle', 'set_note'];
const BRINGS_A_STOP = ['own', 'add', 'add_visit', 'all', 'undo', 'redo', ''];

function onVersion(body, version) {
    const typed = new URLSearchParams(body);
    typed.set('version', String(version));
    return typed.toString();
}

/**
 * The rest of a row behind a change that was settled, which has led to `version`. Those that surely mean there what they meant here
 * are numbered on. Otherwise somebody is asked about each: the versions they count on are others' by now, or will be, so they are
 * given one that the server has left behind.
 * @param {Change} settled
 * @param {Change[]} rest
 * @returns {Change[]}
 */
function renumbered(settled, rest, version) {
    const sure = !BRINGS_A_STOP.includes(deedOf(settled.body)) && rest.every(({ body }) => SURE.includes(deedOf(body)));
    const past = Math.min(Number(new URLSearchParams(settled.body).get('version')), version - 1);
    return rest.map((change, place) => ({ ...change, body: onVersion(change.body, sure ? version + place : past) }));
}

/**
 * Sends what waits for a trip. Gives how it ended, with the page that the server gave where it is stuck.
 * @returns {Promise<{ state: 'empty' | 'waiting' } | { state: 'stuck', status: number, html: string }>}
 */
const flush = (trip) => alone(trip, () => flushAlone(trip));

async function flushAlone(trip) {
    const row = await unsent(trip);
    for (const [place, change] of row.entries()) {
        const fate = await send(change, row.length - place - 1);
        if (fate.state === 'waiting') return fate;
        if (fate.state === 'stuck') {
            await changePack(trip, { stuck: { number: change.number, status: fate.status }, forkedAt: Date.now() });
            return fate;
        }
        await settle(trip, change.number, []);
    }
    if (row.length) announce({ sent: trip, count: row.length });
    return { state: 'empty' };
}

/**
 * What somebody decided about the first change of a row: made anew by the form of the server's page, or dropped.
 * @param {string} body of the form; `unsent` in it names the change
 */
const decide = (trip, lang, body) => alone(trip, async () => {
    const typed = new URLSearchParams(body);
    const row = await unsent(trip);
    const [first, ...rest] = row;
    // The same button in another tab, or twice: it is settled already, and what comes next is not meant.
    if (!first || String(first.number) !== typed.get('unsent')) return flushAlone(trip);
    if (typed.has('drop')) {
        const version = Number(typed.get('version'));
        await settle(trip, first.number, version > 0 ? renumbered(first, rest, version) : rest);
        return flushAlone(trip);
    }
    const fate = await send({ ...first, lang, body }, rest.length);
    if (fate.state !== 'sent') return fate;
    await settle(trip, first.number, renumbered(first, rest, fate.version));
    return flushAlone(trip);
});

/** Tells every open page. */
async function announce(what) {
    for (const client of await self.clients.matchAll({ type: 'window' })) client.postMessage(what);
}
