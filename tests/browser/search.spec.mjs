// A person searches: types, is understood, is put right, narrows, takes back, and goes back.

import assert from 'node:assert/strict';
import { awake, site } from './site.mjs';

const it = site();

const PHONE = { context: { viewport: { width: 360, height: 740 } } };
const NO_SCRIPT_PHONE = { context: { javaScriptEnabled: false, viewport: { width: 360, height: 740 } } };
const MEANT = '国庆带老人 凤凰附近 可用券 300元以内';

it('first letters, the arrow and Enter lead to the place that was meant', PHONE, async ({ page }) => {
    await page.goto('/');
    await awake(page);
    const box = page.getByRole('combobox');
    await box.pressSequentially('fhgc');
    await page.getByRole('option', { name: /凤凰古城旅游区/ }).waitFor();
    await box.press('ArrowDown');
    const active = await box.getAttribute('aria-activedescendant');
    assert.match(await page.locator(`#${active}`).textContent(), /凤凰古城旅游区/);
    await box.press('Enter');
    await page.waitForURL('**/places/fenghuang-gucheng');
});

it('half characters, half letters: the right thing is first, and what matched is marked', PHONE, async ({ page }) => {
    await search(page, '凤huang古城');
    const first = titles(page).first();
    assert.match(await first.textContent(), /凤凰古城/);
    assert.deepEqual(await first.locator('mark').allTextContents(), ['凤凰古城']);
    await assertFits(page);
});

for (const [name, context] of [['on a phone', PHONE], ['without script', NO_SCRIPT_PHONE]]) {
    it(`what is said in passing becomes conditions that are taken away one by one, ${name}`, context, async ({ page }) => {
        await search(page, MEANT);
        const before = await conditions(page);
        assert.ok(before.length >= 4, before.join(' '));
        const address = page.url();
        await page.getByRole('link', { name: /不按“.*300.*”筛选/ }).click();
        await page.waitForURL((url) => url.searchParams.has('literal'));
        const after = await conditions(page);
        assert.ok(!after.some((label) => label.includes('300')), 'the price is a condition no more');
        assert.equal(await page.getByRole('searchbox').or(page.getByRole('combobox')).last().inputValue(), MEANT, 'the words stay');
        await page.goBack();
        await page.waitForURL(address);
        assert.deepEqual(await conditions(page), before);
        await assertFits(page);
    });
}

it('a wrong character is put right, and the way to what was typed is open', async ({ page }) => {
    await search(page, '芙容镇');
    const note = page.getByRole('status').filter({ hasText: '芙蓉镇' });
    await note.waitFor();
    assert.match(await note.textContent(), /芙容镇/);
    assert.match(await titles(page).first().textContent(), /芙蓉镇/);
    await page.getByRole('link', { name: '仍要搜索“芙容镇”' }).click();
    await page.waitForURL((url) => url.searchParams.get('exact') === '1');
    assert.equal(await page.locator('.results__count').count(), 0, 'nothing is called so');
    await page.goBack();
    await note.waitFor();
});

it('where not everything can be had, each thing given up is said', PHONE, async ({ page }) => {
    await search(page, '凤凰 民宿 50元以内');
    await page.getByRole('status').filter({ hasText: '没有按“¥50以下”筛选' }).waitFor();
    assert.ok(await titles(page).count() > 0);
    assert.ok(!(await conditions(page)).some((label) => label.includes('50')), 'what is given up is no condition any more');
    await assertFits(page);
});

it('where nothing has the words, what is there is offered, and it is said', PHONE, async ({ page }) => {
    await search(page, '米其林 凤凰');
    await page.getByRole('status').filter({ hasText: '米其林' }).waitFor();
    assert.ok(await titles(page).count() > 0);
});

it('nonsense finds nothing and is not dressed up', async ({ page }) => {
    await search(page, 'zzzqqqxxx');
    assert.equal(await page.locator('.results__count').count(), 0);
    assert.equal(await page.getByRole('main').getByRole('status').count(), 0);
});

it('the number beside a filter is the number of what it leaves, and going back undoes it', async ({ page }) => {
    await search(page, '凤凰');
    const whole = await grouped(page);
    const box = page.getByRole('checkbox', { name: /^去处/ });
    const promised = Number((await box.evaluate((it) => it.closest('label, li, div').textContent)).match(/\d+/)[0]);
    await box.check();
    await page.getByRole('button', { name: '按条件筛选' }).click();
    await page.waitForURL((url) => url.searchParams.get('kind') === 'place');
    assert.equal(await total(page), promised);
    // another of the same facet widens: what is chosen in a facet does not narrow its own numbers
    const second = page.getByRole('checkbox', { name: /^非遗/ }).first();
    const more = Number((await second.evaluate((it) => it.closest('label, li, div').textContent)).match(/\d+/)[0]);
    await second.check();
    await page.getByRole('button', { name: '按条件筛选' }).click();
    await page.waitForURL((url) => url.searchParams.getAll('kind').length === 2 || /,/.test(url.searchParams.get('kind') ?? ''));
    assert.equal(await total(page), promised + more);
    await page.goBack();
    await page.waitForURL((url) => url.searchParams.get('kind') === 'place');
    assert.equal(await total(page), promised);
    await page.goBack();
    await page.waitForURL((url) => !url.searchParams.has('kind'));
    assert.equal(await grouped(page), whole);
});

it('in English the same is found, and said in English', PHONE, async ({ page }) => {
    await search(page, 'homestay near Fenghuang under 300 yuan', '/en');
    assert.ok(await titles(page).count() > 0);
    const labels = await conditions(page);
    assert.ok(labels.length >= 2 && labels.every((label) => !/[\u4e00-\u9fff]/.test(label)), labels.join(' '));
    await assertFits(page);
});

it('how search decides is told where results are shown', async ({ page }) => {
    await search(page, '凤凰');
    await page.getByRole('link', { name: '搜索是怎么决定的' }).click();
    await page.waitForURL('**/search/how');
    assert.match(await page.getByRole('heading', { level: 1 }).textContent(), /搜索/);
});

/** Types into the box of the search page and sends it. */
async function search(page, text, language = '') {
    await page.goto(`${language}/search`);
    const box = page.getByRole('main').getByRole('searchbox').or(page.getByRole('main').getByRole('combobox'));
    const field = await box.count() ? box.first() : page.getByRole('searchbox').or(page.getByRole('combobox')).first();
    await field.fill(text);
    await field.press('Enter');
    await page.waitForURL((url) => url.searchParams.get('q') === text);
}

const titles = (page) => page.getByRole('main').locator('.card__title');

/** The conditions that were understood, as they are labelled. */
const conditions = async (page) => (await page.locator('.chip--understood').allTextContents()).map((label) => label.trim());

const total = async (page) => Number((await page.locator('.results__count').textContent()).match(/\d+/)[0]);

/** What the page says there is, however it is arranged. */
const grouped = (page) => page.locator('.results__count').first().textContent();

async function assertFits(page) {
    const [wide, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    assert.ok(wide <= window, `${wide} px of ${window}`);
}
