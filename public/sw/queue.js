// Changes made without signal: sent as they are and in order, one trip at a time. What the server says no to stays, first in its row.

const SEND_WITHIN_MS = 20_000;
const FORM = 'application/x-www-form-urlencoded';

/**
 * How a change fared: `sent`; `waiting` for signal; `stuck` because somebody must decide, on the page the server gave.
 * @typedef {{ state: 'sent', version: number } | { state: 'waiting' } | { state: 'stuck', status: number, html: string }} Fate
 */

/** @param {Change} change @param {number} behind how many wait behind it @returns {Promise<Fate>} */
async function send({ trip, lang, body, number }, behind) {
    try {
        const response = await fetch(`${prefixOf(lang)}/trips/${trip}/edit`, {
            method: 'POST',
            body,
            headers: { 'content-type': FORM, 'x-unsent': `${number} ${behind}` },
            redirect: 'manual',
            signal: AbortSignal.timeout ? AbortSignal.timeout(SEND_WITHIN_MS) : undefined,
        });
        const version = Number(response.headers.get('x-trip-version'));
        // Whoever answers without it is not the site: a hotel's sign-in page, a proxy that has lost its server.
        if (response.status === 204 && version > 0) return { state: 'sent', version };
        if ([409, 422].includes(response.status) || saysGone(response)) {
            return { state: 'stuck', status: response.status, html: await response.text() };
        }
    } catch {
        // Not even to the end of what it said.
    }
    return { state: 'waiting' };
}

const GONE = [403, 404];
/** Whether the site says that there is no such trip, or not for this device. All that it says of trips is marked so; others' pages are not. */
const saysGone = ({ status, headers }) => GONE.includes(status) && headers.get('x-robots-tag') === 'noindex';

/** What a form does, by its own words: `set_note`, `undo`, `visit`; of several edits in one every word. */
function deedsOf(body) {
    const typed = new URLSearchParams(body);
    const edit = typed.get('edit') ?? '';
    const set = typed.get('set') ?? '';
    // A day is named by its place, which others may have changed.
    if (!edit) return [set === 'visit' && typed.get('day') !== typed.get('was_day') ? 'move_visit' : set];
    const words = (it) => (it.edit === 'all' ? it.edits.flatMap(words) : [it.edit]);
    try {
        return edit.startsWith('{') ? words(JSON.parse(edit)) : [edit];
    } catch {
        return [''];
    }
}

// They name a stop by its number or nothing but the trip, and mean the same whatever else was changed.
const SURE = [
    'visit', 'remove_visit', 'set_stay', 'set_arrival', 'set_locked', 'set_cost', 'set_hours', 'set_last_shuttle', 'set_note',
    'trip', 'set_title', 'set_first_day', 'set_party', 'set_pace', 'set_transport', 'set_budget', 'set_travel_cost',
    'set_night_driving', 'set_group',
];
const BRINGS_A_STOP = ['own', 'add', 'add_visit', 'add_day', 'undo', 'redo', ''];
/** What the catalogue may have to be asked about; see `packFor`. */
const BRINGS_A_PLACE = ['add', 'add_visit', 'add_day', 'set_day_start', 'set_day_end'];
const doesOneOf = (deeds) => ({ body }) => deedsOf(body).some((deed) => deeds.includes(deed));

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
    const means = ({ body, unsure }) => !unsure && deedsOf(body).every((deed) => SURE.includes(deed));
    const sure = !doesOneOf(BRINGS_A_STOP)(settled) && rest.every(means);
    const past = Math.min(Number(new URLSearchParams(settled.body).get('version')), version - 1);
    return rest.map((change, place) => ({ ...change, body: onVersion(change.body, sure ? version + place : past), unsure: !sure }));
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
            const before = (await packOf(trip))?.stuck;
            const stuck = { number: change.number, status: fate.status };
            if (before?.number !== stuck.number || before.status !== stuck.status) await changePack(trip, { stuck }).catch(warn);
            return fate;
        }
        // It stays beside the pack, which does not know of it yet. Without room for that much it is at least not sent again.
        await rewrite(trip, [{ ...change, sent: fate.version }]).catch(() => takeOut(change.number));
    }
    if (row.length) announce({ sent: trip, count: row.length });
    return { state: 'empty' };
}

const warn = (problem) => console.warn('this device could not write it down:', problem);

/**
 * What somebody decided about the first change of a row: made anew by the form of the server's page, or dropped.
 * @param {string} body of the form; `unsent` in it names the change, `version` says about which version it was decided
 */
const decide = (trip, lang, body) => alone(trip, async () => {
    const typed = new URLSearchParams(body);
    const [first, ...rest] = await unsent(trip);
    // The same button in another tab, or twice: it is settled already, and what comes next is not meant.
    if (!first || String(first.number) !== typed.get('unsent')) return flushAlone(trip);
    const version = Math.max(Number(typed.get('version')) || 0, 0);
    const rewritten = (decided, leadsTo) => rewrite(trip, [decided, ...(version ? renumbered(first, rest, leadsTo) : rest)], true);
    if (typed.has('drop')) {
        // Nothing of it is left but that the trip is of that version by now.
        await rewritten({ ...first, body: '', sent: version || 1 }, version);
    } else {
        // Before it is sent: should the answer be lost, the same goes out again, and the server knows it.
        await rewritten({ ...first, lang, body, on: version, unsure: false }, version + 1);
    }
    return flushAlone(trip);
});

/** Tells every open page. */
async function announce(what) {
    for (const client of await self.clients.matchAll({ type: 'window' })) client.postMessage(what);
}
