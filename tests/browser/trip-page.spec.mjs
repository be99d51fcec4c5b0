// The page of a trip, moved by hand: with the mouse, a finger, the keys alone. What a drop does, a button does too; that it works
// without script is told in trips.spec.mjs.

import assert from 'node:assert/strict';
import { assertAccessible, awake, inEnglish, leads, site, wear } from './site.mjs';

const it = site();

const WIDE = { width: 1280, height: 900 };
const PHONE = { width: 360, height: 740 };
const FINGER = { context: { viewport: PHONE, hasTouch: true, isMobile: true } };

/** Plans three days of two stops each along a route; gives the path of the trip. */
async function plan(page, address = (path) => path) {
    await page.goto(address('/trips/new?route=zuimei-dongxiang'));
    await page.locator('.form--page').getByRole('button').click();
    await page.waitForURL(/\/trips\/[0-9a-f]{32}/);
    await awake(page);
    return new URL(page.url()).pathname;
}

/** The ids of the stops, day by day. */
const days = (page) => page.locator('.trip__day').evaluateAll((all) =>
    all.map((day) => [...day.querySelectorAll('.trip__stop')].map((stop) => stop.id)));

const PLANNED = [['stop-1', 'stop-2'], ['stop-3', 'stop-4'], ['stop-5', 'stop-6']];
const handle = (page, stop) => page.locator(`#${stop} .trip__handle`);
const heard = (page) => page.locator('.trip__hand > [role=status]').textContent();

/** Waits for the answer to what `act` sends, for the page it leads to, and for its islands. */
async function answered(page, act) {
    const answer = page.waitForResponse((response) => response.request().method() === 'POST');
    await leads(page, act);
    assert.equal((await answer).status(), 303);
    await awake(page);
}

/** Scrolls so that it stands at the top of the window. */
const toTop = (page, selector) => page.locator(selector).evaluate((it) => it.scrollIntoView({ block: 'start', behavior: 'instant' }));

const middle = async (locator) => {
    const box = await locator.boundingBox();
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
};

it('a stop is dragged with the mouse within its day and into another', { context: { viewport: WIDE } }, async ({ page }) => {
    await plan(page);
    await toTop(page, '#stop-1');
    const from = await middle(handle(page, 'stop-1'));
    const below = await page.locator('#stop-2').boundingBox();
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(from.x + 5, from.y + 20);
    await page.mouse.move(from.x, Math.min(below.y + below.height - 5, WIDE.height - 90), { steps: 5 });
    assert.equal(await page.locator('#day-1 .trip__gap').count(), 1, 'where it would go is shown');
    await answered(page, () => page.mouse.up());
    assert.deepEqual(await days(page), [['stop-2', 'stop-1'], ...PLANNED.slice(1)]);

    await toTop(page, '#day-3');
    const again = await middle(handle(page, 'stop-1'));
    const third = await page.locator('#day-3').boundingBox();
    const first = await page.locator('#stop-5').boundingBox();
    await page.mouse.move(again.x, again.y);
    await page.mouse.down();
    await page.mouse.move(again.x + 20, again.y);
    await page.mouse.move(third.x + third.width / 2, first.y + 5, { steps: 5 });
    await answered(page, () => page.mouse.up());
    assert.deepEqual(await days(page), [['stop-2'], ['stop-3', 'stop-4'], ['stop-1', 'stop-5', 'stop-6']]);
    const stands = await page.locator('#stop-1').boundingBox();
    assert.ok(stands.y > 0 && stands.y < WIDE.height, `it is in sight where it was dropped: ${stands.y}`);
});

it('a drag ends without a change on Escape, and where it began', { context: { viewport: WIDE } }, async ({ page }) => {
    await plan(page);
    const sent = [];
    page.on('request', (request) => request.method() === 'POST' && sent.push(request.url()));
    for (const end of ['Escape', 'back']) {
        await handle(page, 'stop-1').scrollIntoViewIfNeeded();
        const from = await middle(handle(page, 'stop-1'));
        await page.mouse.move(from.x, from.y);
        await page.mouse.down();
        await page.mouse.move(from.x + 400, from.y + 40, { steps: 4 });
        assert.equal(await page.locator('#day-2 .trip__gap').count(), 1);
        if (end === 'Escape') await page.keyboard.press('Escape');
        else await page.mouse.move(from.x, from.y, { steps: 4 });
        await page.mouse.up();
        assert.equal(await page.locator('.trip__gap, [data-held]').count(), 0, end);
        assert.match(await heard(page), /放回原处/, end);
    }
    assert.deepEqual(sent, []);
    assert.deepEqual(await days(page), PLANNED);
});

it('a finger on the handle drags a stop, and the page scrolls along at its edge', FINGER, async ({ page }) => {
    await plan(page);
    const touch = await page.context().newCDPSession(page);
    const send = (type, at) => touch.send('Input.dispatchTouchEvent', { type, touchPoints: at ? [{ x: at.x, y: at.y }] : [] });
    await handle(page, 'stop-1').scrollIntoViewIfNeeded();
    const from = await middle(handle(page, 'stop-1'));
    const scrolled = await page.evaluate(() => scrollY);
    await send('touchStart', from);
    await send('touchMove', { x: from.x, y: from.y + 10 });
    await send('touchMove', { x: from.x, y: PHONE.height - 20 });
    await page.locator('#day-2 .trip__gap').waitFor();
    assert.ok(await page.evaluate(() => scrollY) > scrolled + 100, 'the page has scrolled');
    await answered(page, () => send('touchEnd'));
    const [first, second] = await days(page);
    assert.deepEqual(first, ['stop-2']);
    assert.ok(second.includes('stop-1'), second.join());
});

it('a finger beside the handle scrolls the page and moves nothing', FINGER, async ({ page }) => {
    await plan(page);
    await page.locator('#stop-1 .trip__meta').scrollIntoViewIfNeeded();
    const before = await page.evaluate(() => scrollY);
    const name = await page.locator('#stop-1 .trip__meta').boundingBox();
    const touch = await page.context().newCDPSession(page);
    await touch.send('Input.synthesizeScrollGesture', { x: name.x + 20, y: name.y, yDistance: -200 });
    assert.ok(await page.evaluate(() => scrollY) > before + 50);
    assert.equal(await page.locator('[data-held]').count(), 0);
});

for (const { lang, address, name, lifted, at, back } of [
    { lang: 'Chinese', address: (path) => path, name: /^移动：高椅古村$/, lifted: /拿起了高椅古村.*第1天第1站，共2站/, at: /第2天第1站，共3站/, back: /没有改动/ },
    { lang: 'English', address: inEnglish, name: /^Move /, lifted: /^Lifted .*day 1, stop 1 of 2/, at: /day 2, stop 1 of 3/, back: /nothing has changed/ },
]) {
    it(`with the keys alone a stop is lifted, carried into the next day and dropped, in ${lang}`, { context: { viewport: PHONE } }, async ({ page }) => {
        await plan(page, address);
        const grip = page.locator('#stop-1').getByRole('button', { name });
        await grip.focus();
        assert.match(await grip.evaluate((it) => document.getElementById(it.getAttribute('aria-describedby')).textContent), /Esc/);
        await page.keyboard.press('Space');
        assert.match(await heard(page), lifted);
        await page.keyboard.press('ArrowDown');
        await page.keyboard.press('Escape');
        assert.match(await heard(page), back);
        assert.deepEqual(await days(page), PLANNED);
        await page.keyboard.press('Space');
        await page.keyboard.press('ArrowDown');
        await page.keyboard.press('ArrowDown');
        assert.match(await heard(page), at);
        assert.ok(await page.locator('#day-2 .trip__gap').isVisible());
        await answered(page, () => page.keyboard.press('Space'));
        assert.deepEqual(await days(page), [['stop-2'], ['stop-1', 'stop-3', 'stop-4'], ['stop-5', 'stop-6']]);
        await page.waitForFunction(() => document.activeElement?.matches('#stop-1 .trip__handle'));
        assert.match(await heard(page), /Ctrl\+Z/);
    });
}

it('leaving the handle with Tab puts back what was lifted', { context: { viewport: WIDE } }, async ({ page }) => {
    await plan(page);
    await handle(page, 'stop-1').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Tab');
    assert.equal(await page.locator('.trip__gap, [data-held]').count(), 0);
    assert.deepEqual(await days(page), PLANNED);
});

it('a stop is carried into a day that has none', { context: { viewport: WIDE } }, async ({ page }) => {
    await plan(page);
    await answered(page, () => page.getByRole('button', { name: '加一天' }).click());
    await handle(page, 'stop-6').focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowRight');
    assert.match(await heard(page), /第4天第1站，共1站/);
    await answered(page, () => page.keyboard.press('Enter'));
    assert.deepEqual((await days(page)).slice(2), [['stop-5'], ['stop-6']]);
});

// For people for whom nothing glides: where one is on the page is told to the pixel.
const STILL = { context: { viewport: WIDE, reducedMotion: 'reduce' } };

it('Ctrl+Z takes back and Ctrl+Shift+Z does again, but not while somebody types', STILL, async ({ page }) => {
    await plan(page);
    await page.locator('body').press('Control+z');
    assert.match(await heard(page), /没有可以撤销的/);
    await answered(page, () => page.getByRole('button', { name: '推后：高椅古村' }).click());
    const moved = [['stop-2', 'stop-1'], ...PLANNED.slice(1)];
    assert.deepEqual(await days(page), moved);
    await page.evaluate(() => scrollTo(0, 300));
    await answered(page, () => page.keyboard.press('Control+z'));
    assert.deepEqual(await days(page), PLANNED);
    await page.waitForFunction(() => Math.abs(scrollY - 300) < 3);
    await answered(page, () => page.keyboard.press('Control+Shift+Z'));
    assert.deepEqual(await days(page), moved);
    await page.locator('#stop-1 summary').click();
    const note = page.locator('#stop-1-note');
    await note.fill('带伞');
    await note.press('Control+z');
    await page.waitForTimeout(300);
    assert.deepEqual(await days(page), moved, 'what was typed is taken back, not the move');
});

it('what a drop does, buttons do: to another place and to another day', { context: { viewport: PHONE, javaScriptEnabled: false } }, async ({ page }) => {
    await page.goto('/trips/new?route=zuimei-dongxiang');
    await page.locator('.form--page').getByRole('button').click();
    await page.waitForURL(/\/trips\/[0-9a-f]{32}/);
    assert.equal(await page.locator('.trip__handle').count(), 0, 'no handle that does nothing');
    await page.getByRole('button', { name: '推后：地笋苗寨' }).click();
    await page.waitForURL('**#stop-2');
    assert.deepEqual(await days(page), [['stop-1'], ['stop-2', 'stop-3', 'stop-4'], ['stop-5', 'stop-6']]);
    await page.locator('#stop-1 summary').click();
    await page.locator('#stop-1-day').selectOption('3');
    await page.locator('#stop-1 .form').getByRole('button').click();
    await page.waitForURL('**#stop-1');
    assert.deepEqual((await days(page))[2], ['stop-5', 'stop-6', 'stop-1']);
});

it('days stand side by side where there is room, and one below the other on a phone', async ({ page }) => {
    const trip = await plan(page);
    const tops = async (viewport) => {
        await page.setViewportSize(viewport);
        await page.goto(trip);
        return page.locator('.trip__day').evaluateAll((all) => all.map((day) => Math.round(day.getBoundingClientRect().top)));
    };
    assert.equal(new Set(await tops(WIDE)).size, 1, 'columns');
    assert.equal(new Set(await tops(PHONE)).size, 3, 'a list');
});

it('on a phone the parts of the page are a tap away, and on a wide screen they need none', async ({ page }) => {
    await page.setViewportSize(PHONE);
    await plan(page);
    const parts = page.getByRole('navigation', { name: '本页各部分' });
    for (const [name, id] of [['第3天', 'day-3'], ['费用', 'costs'], ['没信号时', 'along']]) {
        await parts.getByRole('link', { name }).click();
        await page.waitForURL(`**#${id}`);
        await page.waitForFunction((id) => Math.abs(document.getElementById(id).getBoundingClientRect().top) < 80, id);
    }
    await page.setViewportSize(WIDE);
    assert.equal(await parts.isVisible(), false);
});

it('the map of a trip zooms, and a tap on a stop leads to it in the list', { context: { viewport: WIDE } }, async ({ page }) => {
    await plan(page);
    const before = await page.locator('#map-trip').getAttribute('viewBox');
    await page.locator('#map').getByRole('button', { name: '放大地图' }).click();
    assert.notEqual(await page.locator('#map-trip').getAttribute('viewBox'), before);
    await page.locator('#map').getByRole('button', { name: '显示全图' }).click();
    await page.locator('#map-trip a[href="#stop-4"]').click();
    assert.match(page.url(), /#stop-4$/);
});

it('on the way there is a page for the day: when to leave, where to, whom to call, and what else there is', { context: { viewport: PHONE } }, async ({ page }) => {
    const trip = await plan(page);
    await page.locator('.trip a[href$="/today"]').click();
    await page.waitForURL('**/today');
    await assertAccessible(page);
    assert.match(await page.locator('.today__leave').textContent(), /最晚\d\d:\d\d走/);
    assert.equal(await page.locator('a[href="tel:120"]').count(), 1);
    await page.goto(`${trip}/today?day=2`);
    await page.getByRole('link', { name: /给“靖州飞山景区”找个替代/ }).click();
    await page.waitForURL('**instead=3**');
    await assertAccessible(page);
    const other = page.locator('#instead .trip__idea').first();
    const name = await other.locator('a').textContent();
    await answered(page, () => other.getByRole('button').click());
    assert.match(page.url(), /\/today\?day=2#stop-3$/);
    assert.equal(await page.locator('#stop-3 .trip__name').textContent(), name);
});

for (const { name, address, look, viewport } of [
    { name: 'in Chinese', address: (path) => path, look: 'normal.light', viewport: WIDE },
    { name: 'in English on a phone', address: inEnglish, look: 'normal.light', viewport: PHONE },
    { name: 'in the elder version on a phone, in the dark', address: (path) => path, look: 'elder.dark', viewport: PHONE },
]) {
    it(`a trip with a stop lifted is accessible and fits its window, ${name}`, { context: { viewport } }, async ({ page, visitor, url }) => {
        await wear(visitor, url, look);
        const trip = await plan(page, address);
        await handle(page, 'stop-2').focus();
        await page.keyboard.press('Space');
        await assertAccessible(page);
        const small = await page.locator('.trip__handle').evaluateAll((all, least) => all
            .map((it) => it.getBoundingClientRect()).filter((box) => box.width < least || box.height < least).length, look.startsWith('elder') ? 59.5 : 43.5);
        assert.equal(small, 0, 'handles are large enough to be taken');
        for (const path of [trip, `${trip}/today?day=2`, `${trip}?edit=day-2`]) {
            await page.goto(path);
            const out = await page.locator('main :not(svg *)').evaluateAll((all) => all
                .filter((it) => it.checkVisibility() && it.getBoundingClientRect().right > innerWidth + 1)
                .map((it) => it.outerHTML.slice(0, 90)));
            assert.deepEqual(out, [], path);
        }
    });
}
