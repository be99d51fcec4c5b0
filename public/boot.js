// Wakes the islands: the parts of a page that move. Everything on the page works without this script, so whatever goes wrong here
// is said on the console and changes nothing.

const GLUE = '__GLUE__';
const WASM = '__WASM__';

/** In document order, so an island wakes after those around it, whose context it may need. */
async function wakeAll(islands) {
    for (const element of document.querySelectorAll('leptos-island')) {
        const name = element.dataset.component;
        // Gone when one around it has drawn itself anew.
        if (!element.isConnected) continue;
        if (typeof islands[name] !== 'function') {
            console.warn('unknown island:', name);
            continue;
        }
        try {
            // What stands inside another island's children wakes in that island's scope, which left the way back on the element.
            element.closest('leptos-children')?.$$on_hydrate?.();
            await islands[name](element);
        } catch (problem) {
            console.warn('island failed:', name, problem);
        }
    }
}

/** The detailed map is a large download: it waits until somebody asks for it. */
function offerDetailedMaps() {
    for (const place of document.querySelectorAll('[data-detailed-map]')) {
        const button = place.querySelector('button');
        const said = place.querySelector('[data-failed]');
        place.hidden = false;
        button.addEventListener('click', async () => {
            button.hidden = true;
            try {
                const { show } = await import(place.dataset.script);
                await show(place);
            } catch (problem) {
                // A browser does not ask again for a script that it could not have: only a new page helps.
                console.warn('no detailed map:', problem);
                said.textContent = said.dataset.failed;
            }
        });
    }
}

const SAVES = 'saves';

/**
 * Pages are the same for everybody: which of their listings this device has saved is asked for apart, once it has saved something.
 * What is saved can be taken out again by the same button.
 */
async function markSaved() {
    const buttons = [...document.querySelectorAll('.keep__button')];
    try {
        if (location.hash.startsWith('#kept-')) localStorage.setItem(SAVES, 'yes');
        if (!buttons.length || localStorage.getItem(SAVES) !== 'yes') return;
        const answer = await fetch('/saved/ids');
        if (!answer.ok) return;
        const saved = new Set(await answer.json());
        const english = document.documentElement.lang === 'en';
        for (const button of buttons.filter(({ value }) => saved.has(value.split('.')[0]))) {
            const name = button.getAttribute('aria-label')?.replace(/^[^：:]*[：:] ?/, '');
            button.textContent = english ? 'Saved' : '已收藏';
            const takeOut = english ? 'Saved; take it out' : '已收藏，移出';
            button.setAttribute('aria-label', name ? `${takeOut}${english ? ': ' : '：'}${name}` : takeOut);
            button.setAttribute('formaction', `${english ? '/en' : ''}/saved/remove`);
            button.classList.add('keep__button--saved');
        }
    } catch (problem) {
        // Without a signal, or where nothing may be kept: a button as for everybody.
        console.warn('what is saved is not known:', problem);
    }
}

async function boot() {
    offerDetailedMaps();
    markSaved();
    // A page without islands has no use for the download.
    if (!document.querySelector('leptos-island')) return;
    try {
        const islands = await import(GLUE);
        await islands.default({ module_or_path: WASM });
        islands.hydrate();
        await wakeAll(islands);
        // For whoever must know, such as a browser test.
        document.documentElement.dataset.islands = 'awake';
    } catch (problem) {
        console.warn('islands stay asleep:', problem);
    }
}

// First the page, then its movement; but not never, on a page that is always busy.
if ('requestIdleCallback' in window) {
    requestIdleCallback(boot, { timeout: 2000 });
} else {
    setTimeout(boot, 1);
}
