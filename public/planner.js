// Chooses stops in a worker, so that the page never stalls: a plan at once, and better ones until the time is over or the visitor takes
// one. Where anything is missing (a worker, the wasm, a signal) the form is sent as it is, and the site chooses.

const MILLIS = 4000;
const form = document.getElementById('new-trip');
const panel = document.getElementById('planner');
const state = panel?.querySelector('.planner__state');

/** Has its wasm; none until then. */
let ready = null;
let best = null;

function start() {
    const worker = new Worker('/planner-worker.js');
    worker.onerror = () => { ready = null; };
    worker.onmessage = ({ data }) => {
        if (!data.loaded) return;
        ready = worker;
        // For whoever must know, such as a browser test.
        panel.dataset.loaded = 'yes';
    };
    worker.postMessage({ glue: panel.dataset.glue, wasm: panel.dataset.wasm });
}

// What it takes is fetched when somebody begins to fill the form in, and not by who only passes or counts every byte.
let begun = false;
function whenBegun() {
    if (!begun && !navigator.connection?.saveData) start();
    begun = true;
}

async function choose(event) {
    if (!ready || form.elements.plan.value || !form.elements.choose?.checked) return;
    event.preventDefault();
    const worker = ready;
    try {
        const answer = await fetch(panel.dataset.task, { method: 'POST', body: new URLSearchParams(new FormData(form)) });
        if (!answer.ok) throw new Error(`status ${answer.status}`);
        best = null;
        worker.onmessage = ({ data }) => show(data);
        worker.onerror = () => form.submit();
        worker.postMessage({ task: await answer.text(), millis: MILLIS });
    } catch {
        form.submit();
    }
}

function show({ found, failed, over }) {
    if (failed) return form.submit();
    if (over) {
        state.textContent = panel.dataset.over;
        return;
    }
    const first = !best;
    best = JSON.parse(found);
    panel.querySelector('.planner__days').replaceChildren(...best.days.map(day));
    panel.dataset.plans = Number(panel.dataset.plans ?? 0) + 1;
    if (!first) return;
    state.textContent = panel.dataset.better;
    panel.hidden = false;
    panel.scrollIntoView();
    panel.querySelector('h2').focus();
}

function element(name, text, ...inside) {
    const made = document.createElement(name);
    made.textContent = text;
    made.append(...inside);
    return made;
}

function day(stops, index) {
    const items = stops.map(({ at, name, sample }) => {
        const item = element('li', `${at} ${name} `);
        if (sample) item.append(Object.assign(element('span', panel.dataset.sample), { className: 'badge badge--sample' }));
        return item;
    });
    return element('li', '', element('h3', panel.dataset.day.replace('{}', index + 1)), element('ul', '', ...items));
}

function act({ target }) {
    const wanted = target.closest('[data-act]')?.dataset.act;
    if (!wanted) return;
    ready?.terminate();
    ready = null;
    if (wanted === 'use' && best) {
        form.elements.plan.value = best.plan;
        form.submit();
        return;
    }
    panel.hidden = true;
    form.querySelector('button[type="submit"]').focus();
    start();
}

if (form && panel && 'Worker' in window && 'WebAssembly' in window) {
    for (const sign of ['focusin', 'input']) form.addEventListener(sign, whenBegun);
    form.addEventListener('submit', choose);
    panel.addEventListener('click', act);
    // Come back to, the form asks anew.
    addEventListener('pageshow', () => { form.elements.plan.value = ''; });
}
