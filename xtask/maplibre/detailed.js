// The detailed map, loaded when somebody asks for it: the operator's tiles under the points of the drawn map.

import { Map as DetailedMap, Marker, NavigationControl, setWorkerUrl } from '__LIBRARY__';

const WIDTH = 3;

/** `place` holds the stage, and in `data-detailed-map` what is to be seen on it. */
export async function show(place) {
    const { tiles, style, points, ways } = JSON.parse(place.dataset.detailedMap);
    await dressed('__STYLE__');
    setWorkerUrl(new URL('__WORKER__', document.baseURI).href);
    const stage = place.querySelector('.map-detailed__stage');
    stage.hidden = false;
    const map = new DetailedMap({
        container: stage,
        style: style ?? {
            version: 8,
            sources: { tiles: { type: 'raster', tiles: [tiles], tileSize: 256 } },
            layers: [{ id: 'tiles', type: 'raster', source: 'tiles' }],
        },
        ...view(points),
        // Who made the map stands below it in words, always.
        attributionControl: false,
        cooperativeGestures: true,
        dragRotate: false,
        pitchWithRotate: false,
    });
    map.addControl(new NavigationControl({ showCompass: false }));
    map.on('error', ({ error }) => console.warn('detailed map:', error?.message ?? error));
    map.on('style.load', () => ways.forEach(({ through, look }, day) =>
        drawWay(map, `way-${day}`, through.map((point) => points[point].at), lookOf(place, look))));
    for (const point of points) {
        const element = document.createElement('div');
        element.className = point.exact ? 'map-detailed__mark' : 'map-detailed__mark map-detailed__mark--rough';
        element.textContent = point.number ?? '';
        element.title = point.label;
        element.setAttribute('role', 'img');
        element.setAttribute('aria-label', point.label);
        new Marker({ element }).setLngLat(point.at).addTo(map);
    }
}

/** Its own style sheet, once. */
function dressed(href) {
    if (document.querySelector(`link[href="${href}"]`)) return Promise.resolve();
    const link = Object.assign(document.createElement('link'), { rel: 'stylesheet', href });
    return new Promise((resolve, reject) => {
        link.addEventListener('load', resolve);
        link.addEventListener('error', () => reject(new Error(href)));
        document.head.append(link);
    });
}

function view(points) {
    const [lons, lats] = [points.map(({ at }) => at[0]), points.map(({ at }) => at[1])];
    const bounds = [[Math.min(...lons), Math.min(...lats)], [Math.max(...lons), Math.max(...lats)]];
    return { bounds, fitBoundsOptions: { padding: 48, maxZoom: points.some(({ exact }) => exact) ? 14 : 10 } };
}

/** Colour and dashes of a way on the drawn map, by its style sheet; MapLibre counts dashes in widths of the line. */
function lookOf(place, look) {
    const sample = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    sample.setAttribute('class', `map__route ${look}`);
    const box = place.appendChild(document.createElementNS('http://www.w3.org/2000/svg', 'svg'));
    box.append(sample);
    box.setAttribute('hidden', '');
    const { stroke, strokeDasharray } = getComputedStyle(sample);
    box.remove();
    const dashes = strokeDasharray.match(/[\d.]+/g)?.map((dash) => Number(dash) / WIDTH);
    return { 'line-color': stroke, 'line-width': WIDTH, ...(dashes && { 'line-dasharray': dashes }) };
}

function drawWay(map, id, coordinates, paint) {
    const data = { type: 'Feature', properties: {}, geometry: { type: 'LineString', coordinates } };
    map.addSource(id, { type: 'geojson', data });
    map.addLayer({ id, type: 'line', source: id, paint });
}
