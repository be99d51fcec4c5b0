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

async function boot() {
    offerDetailedMaps();
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
