// What waits on a phone, and what comes between it and the site: half a signal, a lost answer, a companion, a trip that is gone.

import assert from 'node:assert/strict';
import {
    apart, banner, comesTrue, idOf, moveFirstStop, onTheServer, PHONE, plan, rename, saysUnsent, stateIs, stops, stories, takeAlong, WORDS, workerOf,
} from './along.mjs';
import { Phone } from './phone.mjs';
import { assertAccessible, leads } from './site.mjs';

const { story, world } = stories();

const again = (page) => page.getByRole('button', { name: '在新的版本上照做' });
const isEdit = (path) => path.endsWith('/edit');

/** Adds a place of one's own to the first day. */
async function addOwn(page, name) {
    const form = page.locator('form:has(input[name=set][value=own])').first();
    await form.evaluate((it) => { for (let up = it; up; up = up.parentElement) if (up.localName === 'details') up.open = true; });
    await form.locator('[name=name]').fill(name);
    await form.locator('[name=stay_min]').fill('45');
    await form.getByRole('button').click();
    await page.locator('.trip__name', { hasText: name }).waitFor();
}

story('when the signal goes halfway, what was sent is still shown, and so is what waits', PHONE, async (phone) => {
    const { page } = phone;
    const trip = await plan(page);
    await takeAlong(page);
    const before = await stops(page);
    await world.signal.cut();
    await page.goto(trip);
    await rename(page, '先发出的名字');
    await moveFirstStop(page);
    await addOwn(page, '外婆家');

    let edits = 0;
    world.signal.cutsAt = (path) => isEdit(path) && (edits += 1) > 1;
    await world.signal.restore();
    await page.goto(trip);
    await banner(page).waitFor();
    assert.equal((await onTheServer(phone, trip)).title, '先发出的名字');
    assert.equal(await page.locator('h1').textContent(), '先发出的名字');
    assert.deepEqual(await stops(page), [...before.toReversed(), '外婆家']);
    await saysUnsent(page, 2);
    await rename(page, '第二个名字');

    world.signal.cutsAt = () => false;
    await world.signal.restore();
    await page.goto(trip);
    assert.equal(await banner(page).count(), 0);
    const now = await onTheServer(phone, trip);
    assert.equal(now.title, '第二个名字');
    assert.deepEqual(now.names.slice(0, before.length + 1), [...before.toReversed(), '外婆家']);
});

story('a decision whose answer is lost is made once, and what waits behind it is still shown', PHONE, async (phone) => {
    const { page } = phone;
    const { trip, other, before } = await apart(phone);
    await rename(page, '手机上的名字');
    await page.getByRole('button', { name: `去掉：${before[0]}` }).click();
    await page.waitForFunction((name) => document.querySelector('#day-1 .trip__name')?.textContent !== name, before[0]);
    await other.rename('同伴的名字');
    await world.signal.restore();
    await page.goto(trip);
    await page.waitForURL(`**${trip}/unsent`);

    world.signal.loses = isEdit;
    await again(page).click();
    await page.waitForURL(`**${trip}`);
    await banner(page).waitFor();
    assert.equal((await onTheServer(phone, trip)).title, '手机上的名字', 'the site has heard it');
    assert.equal(await page.locator('h1').textContent(), '手机上的名字');
    assert.deepEqual(await stops(page), before.slice(1), 'what comes after it');
    world.signal.loses = () => false;
    await page.goto(trip);
    await page.waitForURL(`**${trip}`);
    assert.equal(await banner(page).count(), 0, 'nobody is asked again');
    assert.ok(!(await onTheServer(phone, trip)).names.includes(before[0]));
});

story('a place that was decided about again is in the trip once', PHONE, async (phone) => {
    const { page } = phone;
    const { trip, other } = await apart(phone);
    await addOwn(page, '外婆家');
    await other.rename('同伴的名字');
    await world.signal.restore();
    await page.goto(trip);
    world.signal.loses = isEdit;
    await again(page).click();
    await page.waitForURL(`**${trip}`);
    world.signal.loses = () => false;
    await page.goto(trip);
    await page.waitForURL(`**${trip}`);
    const { names } = await onTheServer(phone, trip);
    assert.equal(names.filter((name) => name === '外婆家').length, 1);
});

story('a page from before a decision changes nothing unasked, whatever the device takes for the time', PHONE, async (phone) => {
    const { page } = phone;
    const { trip, other } = await apart(phone);
    await (await workerOf(phone)).evaluate(() => { Date.now = () => Date.UTC(2024, 0, 1); });
    await rename(page, '手机上的名字');
    const tab = await phone.context.newPage();
    await tab.goto(trip);
    await other.rename('同伴的名字');
    await world.signal.restore();
    await page.goto(trip);
    await page.getByRole('button', { name: '这一处不要了' }).click();
    await page.waitForURL(`**${trip}`);
    assert.equal((await onTheServer(phone, trip)).title, '同伴的名字');
    await leads(tab, () => tab.locator('#settings').evaluate((it) => {
        it.querySelector('[name=title]').value = '另一个窗口的名字';
        it.querySelector('.form').requestSubmit();
    }));
    await again(tab).waitFor();
    assert.equal((await onTheServer(phone, trip)).title, '同伴的名字');
});

story('today and the sheet of paper send first what waits, and a decision can be put off', PHONE, async (phone) => {
    const { page } = phone;
    const { trip, other } = await apart(phone);
    await rename(page, '手机上的名字');
    await other.rename('同伴的名字');
    await world.signal.restore();
    await page.goto(`${trip}/print`);
    await page.waitForURL(`**${trip}/unsent`);
    await leads(page, () => page.getByRole('link', { name: /以后再决定/ }).click());
    await page.goto(`${trip}/today`);
    assert.equal(new URL(page.url()).pathname, `${trip}/today`, 'whoever has put it off is let through');
    await page.goto(`${trip}/unsent`);
    await again(page).click();
    await page.waitForURL(`**${trip}`);

    await world.signal.cut();
    await page.goto(trip);
    await rename(page, '又改了一次');
    await world.signal.restore();
    await page.goto(`${trip}/today`);
    assert.equal((await onTheServer(phone, trip)).title, '又改了一次');
    await page.goto(`${trip}/today?day=99`);
    assert.equal(await page.getByRole('button', { name: '从这部设备删掉' }).count(), 0, 'no such day is no trip that is gone');
});

/** Somebody deletes the trip, with the secret of this phone. */
async function deleteElsewhere(phone, trip) {
    const cookies = await phone.context.cookies(world.signal.url);
    const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
    const headers = { 'content-type': 'application/x-www-form-urlencoded', cookie };
    const gone = await fetch(`${world.direct}${trip}/delete`, { method: 'POST', headers, redirect: 'manual', body: '' });
    assert.equal(gone.status, 303);
}

async function nothingIsLeft(phone, trip) {
    await comesTrue(phone, async (id) => !(await packOf(id)) && !(await allChanges()).length, idOf(trip));
    await comesTrue(phone, async () => !(await caches.keys()).some((name) => name.startsWith('trip-')));
}

story('a trip that is gone says what can never be sent, and can be taken off the device', PHONE, async (phone) => {
    const { page } = phone;
    const trip = await plan(page);
    await takeAlong(page);
    await world.signal.cut();
    await page.goto(trip);
    await rename(page, '手机上的名字');
    await deleteElsewhere(phone, trip);
    await world.signal.restore();
    await page.goto(trip);
    await page.waitForURL(`**${trip}/unsent`);
    assert.equal(await page.locator('h1').textContent(), '服务器上没有这个行程了');
    const said = await page.getByRole('main').textContent();
    assert.match(said, /有1处修改再也发不出去了/);
    assert.match(said, /手机上的名字/);
    await assertAccessible(page);
    await leads(page, () => page.getByRole('button', { name: '从这部设备删掉' }).click());
    assert.equal(new URL(page.url()).pathname, '/trips');
    await nothingIsLeft(phone, trip);
});

story('a trip that was deleted elsewhere is offered to be taken off, in English too, and without the site\'s own code', PHONE, async (phone) => {
    const { page } = phone;
    const trip = await plan(page, '/en');
    await takeAlong(page, WORDS.en);
    await deleteElsewhere(phone, trip);
    const answer = await page.goto(trip);
    assert.equal(answer.status(), 404);
    assert.equal(await page.locator('h1').textContent(), 'The server does not have this trip any more');
    await (await workerOf(phone)).evaluate(() => { self.renderer = () => Promise.reject(new Error('no such code here')); });
    await page.goto(trip);
    assert.equal(await page.locator('h1').textContent(), 'The server does not have this trip any more');
    await leads(page, () => page.getByRole('button', { name: 'Remove it from this device' }).click());
    await nothingIsLeft(phone, trip);
});

story('whoever deletes a trip with a change that is stuck has nothing of it left', PHONE, async (phone) => {
    const { page } = phone;
    const { trip, other } = await apart(phone);
    await rename(page, '手机上的名字');
    await other.rename('同伴的名字');
    await world.signal.restore();
    await page.goto(trip);
    await leads(page, () => page.getByRole('link', { name: /以后再决定/ }).click());
    await leads(page, () => page.locator('form[action$="/delete"]').evaluate((it) => it.requestSubmit()));
    await nothingIsLeft(phone, trip);
});

story('a guest who leaves a trip has nothing of it left, and who made it still has', PHONE, async (phone) => {
    const { page } = phone;
    const trip = await plan(page);
    await page.locator('#share-rights').selectOption('edit');
    await leads(page, () => page.locator('#sharing').getByRole('button', { name: '生成链接' }).click());
    const link = await page.locator('.trip__shares a').first().getAttribute('href');
    const guest = await Phone.buy(world, PHONE);
    try {
        await guest.page.goto(new URL(link).pathname);
        await leads(guest.page, () => guest.page.locator('form[action$="/join"]').evaluate((it) => it.requestSubmit()));
        await takeAlong(guest.page);
        await leads(guest.page, () => guest.page.locator('form[action$="/leave"]').evaluate((it) => it.requestSubmit()));
        await nothingIsLeft(guest, trip);
    } finally {
        await guest.throwAway();
    }
    await onTheServer(phone, trip);
});

story('a place found without signal is added in two windows: the later decides, and it is there', PHONE, async (phone) => {
    const { page } = phone;
    const trip = await plan(page);
    await takeAlong(page);
    await world.signal.cut();
    await page.goto(trip);
    const known = (await page.locator('.trip__name, #ideas').allTextContents()).join();
    await page.goto('/experiences');
    const add = page.locator('form:has(input[name=set][value=add])');
    const places = await add.locator('xpath=ancestor::*[contains(@class, "card")][1]').locator('.card__title').allTextContents();
    const at = places.findIndex((name) => !known.includes(name.trim()));
    assert.ok(at >= 0, `one that the trip's pack does not know, of ${places}`);
    const tab = await phone.context.newPage();
    await tab.goto(trip);
    await rename(tab, '另一个窗口的名字');
    await leads(page, () => add.nth(at).evaluate((it) => it.requestSubmit()));
    await again(page).click();
    await page.waitForURL(`**${trip}*`);
    const names = (await page.locator('.trip__name').allTextContents()).join();
    assert.ok(names.includes(places[at].trim()), `${places[at]} in ${names}`);
    await world.signal.restore();
    await page.goto(trip);
    await page.waitForURL(`**${trip}`);
    assert.ok((await onTheServer(phone, trip)).names.join().includes(places[at].trim()));
});

story('the browser is told to try again later while something only waits for a signal', PHONE, async (phone) => {
    const { page } = phone;
    const trip = await plan(page);
    await takeAlong(page);
    await world.signal.cut();
    await page.goto(trip);
    await rename(page, '手机上的名字');
    const tried = async () => (await workerOf(phone)).evaluate(() => new Promise((resolve) => {
        const event = new Event('sync');
        event.waitUntil = (work) => work.then(() => resolve('done'), () => resolve('again'));
        self.dispatchEvent(event);
    }));
    assert.equal(await tried(), 'again');
    await world.signal.restore();
    assert.equal(await tried(), 'done');
    assert.equal((await onTheServer(phone, trip)).title, '手机上的名字');
    await stateIs(page, 'kept');
});

story('which day a stop is moved to is asked about again: days may have been changed too', PHONE, async (phone) => {
    const { page } = phone;
    const { trip, other, before } = await apart(phone);
    await rename(page, '手机上的名字');
    await leads(page, () => page.locator('form.form:has(input[name=set][value=visit])').first().evaluate((it) => {
        it.querySelector('[name=day]').value = '2';
        it.requestSubmit();
    }));
    assert.ok((await stops(page, 2)).includes(before[0]));
    await other.rename('同伴的名字');
    await world.signal.restore();
    await page.goto(trip);
    await leads(page, () => again(page).click());
    assert.match(await page.locator('.trip__wanted').textContent(), new RegExp(before[0]));
    await leads(page, () => again(page).click());
    assert.equal(new URL(page.url()).pathname, trip);
    assert.ok((await stops(page, 2)).includes(before[0]));
});
