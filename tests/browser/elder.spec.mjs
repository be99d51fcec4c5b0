// 长辈版, measured: the numbers of 适老化 as a reader's browser computes them.

import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { PAGES, awake, inEnglish, site, wear } from './site.mjs';

const it = site();

const PHONE = { width: 360, height: 740 };
const WIDE = { width: 1280, height: 800 };
const ON_PHONE = { context: { viewport: PHONE } };
const ELDER = 'elder.auto';

/** Lays open what is folded away, so that it is measured too. */
const unfold = (page) => page.evaluate(() => document.querySelectorAll('details').forEach((it) => { it.open = true; }));

/** In CSS pixels; half a pixel is left to rounding. */
const LARGE_TARGET = 59.5;
const LARGE_TEXT = 20;
const LEAST_TEXT = 18;
const LEAST_LINE = 1.3;

it('the elder version is found from home by its name', async ({ page }) => {
    await page.goto('/');
    await page.getByRole('link', { name: '长辈版' }).click();
    assert.equal(new URL(page.url()).pathname, '/');
    assert.equal(await page.locator('html').getAttribute('data-size'), 'elder');
});

it('the link to the elder version is in sight on a phone without scrolling', ON_PHONE, async ({ page }) => {
    await page.goto('/');
    const box = await page.getByRole('link', { name: '长辈版' }).boundingBox();
    assert.ok(box.y + box.height <= PHONE.height, `it ends ${box.y + box.height} pixels down`);
});

it('searching for 长辈版 offers it', async ({ page }) => {
    await page.goto('/search?q=长辈版');
    const offered = page.getByRole('main').locator('a[href^="/look?size=elder"]');
    assert.equal(await offered.count(), 1);
    await offered.click();
    assert.equal(await page.locator('html').getAttribute('data-size'), 'elder');
});

it('the elder version stays on the next pages', async ({ page, visitor, url }) => {
    await wear(visitor, url, ELDER);
    await page.goto('/');
    await page.getByRole('navigation', { name: '栏目' }).getByRole('link', { name: '线路' }).click();
    await page.waitForURL('**/routes');
    assert.equal(await page.locator('html').getAttribute('data-size'), 'elder');
});

it('there is a way back from the elder version', async ({ page, visitor, url }) => {
    await wear(visitor, url, ELDER);
    await page.goto('/places');
    await page.getByRole('link', { name: '标准版' }).click();
    assert.equal(new URL(page.url()).pathname, '/places');
    assert.equal(await page.locator('html').getAttribute('data-size'), 'normal');
});

for (const [type, path] of Object.entries(PAGES)) {
    it(`the words of ${type} are large and their lines apart`, ON_PHONE, async ({ page, visitor, url }) => {
        await wear(visitor, url, ELDER);
        await page.goto(path);
        const size = await page.locator('main').evaluate((main) => parseFloat(getComputedStyle(main).fontSize));
        assert.ok(size >= LARGE_TEXT, `main text is ${size} pixels`);
        assert.deepEqual(await cramped(page, 'main'), []);
    });

    it(`whatever is pressed on ${type} is at least 60 by 60`, ON_PHONE, async ({ page, visitor, url }) => {
        await wear(visitor, url, ELDER);
        await page.goto(path);
        await awake(page);
        await unfold(page);
        assert.deepEqual(await smallTargets(page), [], 'on a phone');
        await page.setViewportSize(WIDE);
        assert.deepEqual(await smallTargets(page), [], 'on a desk');
    });
}

it('the words of header and footer are large and their lines apart', async ({ page, visitor, url }) => {
    await wear(visitor, url, ELDER);
    await page.goto(PAGES.privacy);
    assert.deepEqual([...await cramped(page, '.site-header'), ...await cramped(page, '.site-footer')], []);
});

it('the open suggestions are 60 tall', ON_PHONE, async ({ page, visitor, url }) => {
    await wear(visitor, url, ELDER);
    await page.goto('/');
    await awake(page);
    await page.getByRole('combobox').pressSequentially('凤凰');
    await page.getByRole('option').first().waitFor();
    const options = page.getByRole('option');
    const heights = await options.evaluateAll((all) => all.map((it) => it.getBoundingClientRect().height));
    assert.ok(Math.min(...heights) >= LARGE_TARGET, heights.join(' '));
});

it('nothing pops up by itself', async ({ page, visitor, url }) => {
    const popped = [];
    page.on('dialog', (dialog) => { popped.push(dialog.message()); dialog.dismiss(); });
    page.on('popup', (other) => popped.push(other.url()));
    await wear(visitor, url, ELDER);
    for (const path of [PAGES.home, PAGES.place, PAGES['search with hits']]) {
        await page.goto(path);
        await awake(page);
        // long enough for whatever would wait politely
        await pause(1500);
        const laidOver = await page.locator('dialog[open], :popover-open, [role=dialog], [aria-modal=true]').count();
        if (laidOver) popped.push(`${laidOver} over ${path}`);
    }
    assert.deepEqual(popped, []);
});

it('no rule of style fixes letters in pixels, so that the browser\'s own setting enlarges them', async ({ page }) => {
    await page.goto('/');
    const fixed = await page.evaluate(() => {
        const all = (rules) => [...rules].flatMap((rule) => [rule, ...all(rule.cssRules ?? [])]);
        const ofDrawing = (rule) => rule.selectorText.includes('.map');
        return [...document.styleSheets].flatMap((sheet) => all(sheet.cssRules))
            .filter((rule) => /[1-9].*px$/.test(rule.style?.fontSize) && !ofDrawing(rule))
            .map((rule) => rule.cssText);
    });
    assert.deepEqual(fixed, []);
});

it('the English elder version is as large', ON_PHONE, async ({ page, visitor, url }) => {
    await wear(visitor, url, ELDER);
    await page.goto(inEnglish(PAGES.place));
    await awake(page);
    await unfold(page);
    assert.deepEqual(await smallTargets(page), []);
});

/** The visible texts within `selector` that are too small or whose lines are too close. */
function cramped(page, selector) {
    return page.evaluate(([selector, leastText, leastLine]) => {
        const walker = document.createTreeWalker(document.querySelector(selector), NodeFilter.SHOW_TEXT);
        const found = [];
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            const parent = node.parentElement;
            // letters of a drawing grow with the drawing; what is only read aloud has no size
            if (!node.data.trim() || parent.closest('svg, .visually-hidden') || !parent.checkVisibility()) continue;
            const style = getComputedStyle(parent);
            const size = parseFloat(style.fontSize);
            const line = style.lineHeight === 'normal' ? size * 1.2 : parseFloat(style.lineHeight);
            if (size >= leastText && line / size >= leastLine) continue;
            found.push(`${parent.localName}.${parent.className} ${node.data.trim().slice(0, 20)}: ${size} px, line ${line} px`);
        }
        return found;
    }, [selector, LEAST_TEXT, LEAST_LINE]);
}

/** What one presses that is smaller than 60 by 60, links within running text excepted. */
function smallTargets(page) {
    return page.evaluate((least) => {
        // A pin of a drawn map has its equal in the list beside the map.
        const kinds = 'a[href]:not(svg a), button, summary, select, textarea, input:not([type=hidden])';
        const pressed = document.querySelectorAll(kinds);
        const isWords = (node) => node.nodeType === Node.TEXT_NODE && /[\p{L}\p{N}]/u.test(node.data);
        const inRunningText = (it) => it.localName === 'a' && getComputedStyle(it).display === 'inline'
            && [...it.parentElement.childNodes].some(isWords);
        const small = [];
        for (const it of pressed) {
            if (!it.checkVisibility({ visibilityProperty: true }) || it.matches('.skip-link') || inRunningText(it)) continue;
            // a box is pressed by its words too
            const target = it.matches('[type=checkbox], [type=radio]') ? it.closest('label') ?? it : it;
            const { width, height } = target.getBoundingClientRect();
            if (width < least || height < least) {
                const words = (it.textContent.trim() || it.getAttribute('aria-label') || it.name || '').slice(0, 20);
                small.push(`${it.localName}.${it.className} ${words}: ${width.toFixed(0)} × ${height.toFixed(0)}`);
            }
        }
        return [...new Set(small)];
    }, LARGE_TARGET);
}
