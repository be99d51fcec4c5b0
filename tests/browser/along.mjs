// What stories of a trip that is taken along have in common.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Phone, startWorld } from './phone.mjs';
import { freePort, leads } from './site.mjs';

export const PHONE = { viewport: { width: 360, height: 740 } };
export const DESK = { viewport: { width: 1280, height: 800 } };
const WITHIN_MS = 180_000 * Number(process.env.SLOW_DEVICE ?? 1);

/** What the stories of a file share: the site, and the only way to it that phones know. Gives what tells a story, and the world. */
export function stories() {
    const world = {};
    before(async () => { Object.assign(world, await startWorld({ port: await freePort() })); }, { timeout: 210_000 });
    after(() => world.stop?.());
    /** A story of one phone, which has a signal when it begins. */
    const story = (name, options, run) => test(name, { timeout: WITHIN_MS }, async () => {
        await world.signal.restore();
        world.signal.asked.length = 0;
        const phone = await Phone.buy(world, options);
        try {
            await run(phone);
            assert.deepEqual(phone.errors, [], 'no script failed on a page');
        } finally {
            world.signal.forget();
            await phone.throwAway();
        }
    });
    return { story, world };
}

export const section = (page) => page.locator('#along');
export const press = (page, name) => section(page).getByRole('button', { name }).click();
export const stateIs = (page, state) => page.waitForSelector(`#along[data-state="${state}"]`, { state: 'attached' });
export const stops = (page, day = 1) => page.locator(`#day-${day} .trip__name`).allTextContents();
/** The page says so a moment after it is there: its script has to look first. */
export const saysUnsent = (page, count) => section(page).getByText(`${count}处修改还没有发出`).waitFor();
export const banner = (page) => page.locator('aside.kept');

/** Three days along a route; gives the path of the trip. */
export async function plan(page, prefix = '') {
    await page.goto(`${prefix}/trips/new?route=zuimei-dongxiang`);
    await page.locator('.form--page').getByRole('button').click();
    await page.waitForURL(/\/trips\/[0-9a-f]{32}/);
    assert.equal(await page.locator('.trip__day').count(), 3);
    return new URL(page.url()).pathname;
}

export const WORDS = {
    zh: { ask: '看看要占多少', take: '存到这部设备', goOn: '继续存', renew: '更新', remove: '从这部设备删掉', send: '现在发出' },
    en: { ask: 'See how much it is', take: 'Keep it on this device', goOn: 'Go on', renew: 'Renew', remove: 'Remove it from this device', send: 'Send now' },
};

export async function takeAlong(page, words = WORDS.zh) {
    await stateIs(page, 'none');
    await press(page, words.ask);
    await stateIs(page, 'offered');
    await press(page, words.take);
    await stateIs(page, 'kept');
}

/** Moves the first stop of the first day behind the second. */
export async function moveFirstStop(page, later = '推后') {
    const [first] = await stops(page);
    await leads(page, () => page.getByRole('button', { name: `${later}：${first}` }).click());
    assert.notEqual((await stops(page))[0], first);
}

export async function rename(page, title) {
    await page.locator('#settings').evaluate((it) => { for (const fold of it.querySelectorAll('details')) fold.open = true; });
    await page.locator('#settings [name=title]').fill(title);
    await leads(page, () => page.locator('#settings .form').getByRole('button').click());
    assert.equal(await page.locator('h1').textContent(), title);
}

/** What the server itself says, to a device that has a signal. */
export async function onTheServer(phone, path) {
    const { world } = phone;
    const cookies = await phone.context.cookies(world.signal.url);
    const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
    const response = await fetch(world.direct + path, { headers: { cookie } });
    assert.equal(response.status, 200);
    const html = await response.text();
    const names = [...html.matchAll(/class="trip__name"[^>]*>(?:<[^>]*>)*([^<]+)/g)].map(([, name]) => name);
    return { title: html.match(/<h1>([^<]*)/)[1], names };
}

/** A second device that may change the trip, and has a signal of its own. */
export async function companion(phone, trip) {
    const { page, world } = phone;
    await page.locator('#share-rights').selectOption('edit');
    await page.locator('#sharing').getByRole('button', { name: '生成链接' }).click();
    const link = await page.locator('.trip__shares a').first().getAttribute('href');
    const cookies = [];
    const send = async (path, fields) => fetch(world.direct + path, {
        method: 'POST',
        redirect: 'manual',
        headers: { 'content-type': 'application/x-www-form-urlencoded', cookie: cookies.join('; ') },
        body: new URLSearchParams(fields),
    });
    const joined = await send(`${new URL(link).pathname}/join`, {});
    cookies.push(joined.headers.get('set-cookie').split(';')[0]);
    return {
        async rename(title) {
            const html = await (await fetch(world.direct + trip, { headers: { cookie: cookies[0] } })).text();
            const version = html.match(/name="version" value="(\d+)"/)[1];
            const answer = await send(`${trip}/edit`, { version, key: 'f'.repeat(32), edit: JSON.stringify({ edit: 'set_title', title }) });
            assert.equal(answer.status, 303);
        },
    };
}

/** A trip that a companion may change too, taken along, where this phone has no signal any more. */
export async function apart(phone) {
    const { page, world } = phone;
    const trip = await plan(page);
    const other = await companion(phone, trip);
    await page.goto(trip);
    await takeAlong(page);
    const before = await stops(page);
    await world.signal.cut();
    await page.goto(trip);
    return { trip, other, before };
}

/** The service worker, to be asked what it has written down, or to be made to stumble. */
export async function workerOf({ context }) {
    return context.serviceWorkers()[0] ?? context.waitForEvent('serviceworker');
}

/** Asks the worker until it says so. */
export async function comesTrue(phone, asked, ...args) {
    while (!(await (await workerOf(phone)).evaluate(asked, ...args))) await phone.page.waitForTimeout(50);
}

export const idOf = (trip) => trip.match(/[0-9a-f]{32}/)[0];
