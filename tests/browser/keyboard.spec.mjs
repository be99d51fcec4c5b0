// The keyboard alone: everything is reached, seen and left again, and the search box is a combobox as screen readers know it.

import assert from 'node:assert/strict';
import { PAGES, awake, site } from './site.mjs';

const it = site();

it('the first stop is the link that skips to the content', async ({ page }) => {
    await page.goto(PAGES.place);
    await page.keyboard.press('Tab');
    assert.equal(await focused(page, (it) => it.textContent), '跳到正文');
    assert.ok(await focused(page, (it) => it.getBoundingClientRect().top >= 0), 'it has come into sight');
});

it('the skip link goes past the header', async ({ page }) => {
    await page.goto(PAGES.place);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    assert.ok(await focused(page, (it) => Boolean(it.closest('main'))), 'the next stop is in the content');
});

// Without motion the page is scrolled at once, so what has the focus is where it is measured.
const STILL = { context: { reducedMotion: 'reduce' } };

for (const type of ['home', 'search with hits', 'list', 'route', 'place', 'county']) {
    it(`Tab reaches everything on ${type} in its order, and ends`, STILL, async ({ page }) => {
        await page.goto(PAGES[type]);
        await awake(page);
        const { stops, expected } = await walk(page, 'Tab');
        const stopped = stops.map((it) => it.words);
        assert.deepEqual(stopped.filter((it) => !expected.includes(it)), [], 'nothing to press here, yet a stop');
        assert.deepEqual(expected.filter((it) => !stopped.includes(it)), [], 'not reached');
        assert.deepEqual(stopped, expected, 'in the order of the page');
    });

    it(`whatever has the focus on ${type} shows it, and nothing hides it`, STILL, async ({ page }) => {
        await page.goto(PAGES[type]);
        await awake(page);
        const { stops } = await walk(page, 'Tab');
        assert.deepEqual(stops.filter((it) => !it.shown).map((it) => it.words), [], 'these look as before');
        assert.deepEqual(stops.filter((it) => it.hidden).map((it) => it.words), [], 'something lies over these');
    });
}

it('Shift+Tab leads back through the search page', STILL, async ({ page }) => {
    await page.goto(PAGES['search with hits']);
    await awake(page);
    const { stops, expected } = await walk(page, 'Shift+Tab');
    assert.deepEqual(stops.map((it) => it.words), expected.reverse());
});

it('the search box says what it is once it suggests', async ({ page }) => {
    await page.goto('/');
    await awake(page);
    const box = page.getByRole('combobox');
    assert.equal(await box.getAttribute('aria-expanded'), 'false');
    await box.pressSequentially('凤凰');
    await page.getByRole('option').first().waitFor();
    assert.equal(await box.getAttribute('aria-expanded'), 'true');
    const list = page.locator(`#${await box.getAttribute('aria-controls')}`);
    assert.equal(await list.getAttribute('role'), 'listbox');
    assert.equal(await box.getAttribute('aria-activedescendant'), null, 'nothing is chosen yet');
});

it('the arrow keys choose a suggestion and say which', async ({ page }) => {
    const box = await suggesting(page, '凤凰');
    await box.press('ArrowDown');
    await box.press('ArrowDown');
    const chosen = page.getByRole('option', { selected: true });
    assert.equal(await chosen.count(), 1);
    assert.equal(await box.getAttribute('aria-activedescendant'), await chosen.getAttribute('id'));
    assert.equal(await page.getByRole('option').nth(1).getAttribute('aria-selected'), 'true');
});

it('Enter goes to the chosen suggestion', async ({ page }) => {
    const box = await suggesting(page, '凤凰古城');
    await box.press('ArrowDown');
    const name = await page.getByRole('option', { selected: true }).locator('.search-suggest__text').textContent();
    await box.press('Enter');
    await page.waitForURL((url) => url.pathname !== '/');
    assert.equal(await page.getByRole('heading', { level: 1 }).textContent(), name);
});

it('Enter with nothing chosen searches for what is typed', async ({ page }) => {
    const box = await suggesting(page, '凤凰');
    await box.press('Enter');
    await page.waitForURL('**/search?*');
    assert.equal(new URL(page.url()).searchParams.get('q'), '凤凰');
});

it('Escape closes the suggestions and keeps what is typed', async ({ page }) => {
    const box = await suggesting(page, '凤凰');
    await box.press('ArrowDown');
    await box.press('Escape');
    assert.equal(await page.getByRole('option').count(), 0);
    assert.equal(await box.getAttribute('aria-expanded'), 'false');
    assert.equal(await box.getAttribute('aria-activedescendant'), null);
    assert.equal(await box.inputValue(), '凤凰');
});

it('Tab leaves the search box and its suggestions behind', async ({ page }) => {
    const box = await suggesting(page, '凤凰');
    await box.press('Tab');
    assert.equal(await focused(page, (it) => it.textContent), '搜索');
    assert.equal(await page.getByRole('option').count(), 0);
});

it('the search box of the header suggests as well', async ({ page }) => {
    const box = await suggesting(page, '凤凰', PAGES.privacy);
    await box.press('ArrowDown');
    await box.press('Enter');
    await page.waitForURL((url) => url.pathname !== PAGES.privacy);
    assert.match(await page.getByRole('heading', { level: 1 }).textContent(), /凤凰/);
});

it('the map is zoomed and moved by keys, and Tab leaves it', async ({ page }) => {
    await page.goto(PAGES.place);
    await awake(page);
    const view = page.locator('.map-view');
    const shown = () => view.locator('svg').getAttribute('viewBox');
    const whole = await shown();
    await view.focus();
    await page.keyboard.press('+');
    const zoomed = await shown();
    assert.notEqual(zoomed, whole);
    await page.keyboard.press('ArrowRight');
    assert.notEqual(await shown(), zoomed);
    await page.keyboard.press('0');
    assert.equal(await shown(), whole);
    for (let i = 0; i < 12; i += 1) await page.keyboard.press('Tab');
    assert.ok(await focused(page, (it) => !it.closest('.map-view')));
});

it('a filter is set and applied by keys', async ({ page }) => {
    await page.goto('/places');
    await awake(page);
    await page.getByRole('checkbox', { name: /古镇/ }).focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/places?*');
    assert.equal(new URL(page.url()).searchParams.get('tag'), 'old-town');
});

/** Types into the search box and waits for suggestions. */
async function suggesting(page, words, path = '/') {
    await page.goto(path);
    await awake(page);
    const box = page.getByRole('combobox');
    await box.pressSequentially(words);
    await page.getByRole('option').first().waitFor();
    return box;
}

const focused = (page, read) => page.locator(':focus').evaluate(read);

/** Presses `key` until the focus has left the page; tells every stop, and the words of all that should be one. */
async function walk(page, key) {
    const expected = await page.evaluate(() => {
        const style = (it, pseudo) => {
            const now = getComputedStyle(it, pseudo);
            const outline = now.outlineStyle === 'none' ? 0 : now.outlineWidth;
            return [outline, now.boxShadow, now.backgroundColor, now.borderColor, now.fill, now.stroke].join();
        };
        // a card's link is drawn around the card, a pin's around its mark
        const within = (it) => [...it.querySelectorAll('*')].map((part) => style(part));
        const looks = (it) => [style(it), style(it, '::after'), ...within(it)].join(';');
        const words = (it) => {
            const said = it.getAttribute('aria-label') ?? (it.textContent.trim() || it.value || it.name);
            return `${[it.localName, ...it.classList].join('.')} ${said.trim().slice(0, 20)}`;
        };
        const covered = (it) => {
            // of a pin the mark, which its name stands beside
            const part = it.querySelector('.map__touch') ?? it;
            const box = part.getClientRects()[0] ?? part.getBoundingClientRect();
            const over = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
            // pins of one drawing may stand close together
            const own = [it.closest('svg') ?? it, ...(it.labels ?? [])];
            return !over || !(own.some((part) => part.contains(over)) || over.contains(it));
        };
        const kinds = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]';
        const seen = (it) => it.checkVisibility({ visibilityProperty: true });
        const reached = [...document.querySelectorAll(kinds)].filter((it) => !it.disabled && it.tabIndex >= 0 && seen(it));
        const before = new Map(reached.map((it) => [it, looks(it)]));
        window.stop = () => {
            const it = document.activeElement;
            if (!it || it === document.body) return null;
            return { words: words(it), shown: looks(it) !== before.get(it), hidden: covered(it) };
        };
        return reached.map(words);
    });
    const stops = [];
    for (;;) {
        await page.keyboard.press(key);
        const stop = await page.evaluate(() => window.stop());
        if (!stop) break;
        stops.push(stop);
        const last = stops.slice(-4).map((it) => it.words).join(' | ');
        assert.ok(stops.length <= expected.length + 20, `the focus does not leave: ${last}`);
    }
    return { stops, expected };
}
