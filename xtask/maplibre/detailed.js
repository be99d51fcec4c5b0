// The detailed map, loaded when somebody asks for it: the operator's tiles under the points of the drawn map.

import { Map as DetailedMap, Marker, NavigationControl, setWorkerUrl } from '__LIBRARY__';

/** `place` holds the stage, and in `data-detailed-map` what is to be seen on it. */
export async function show(place) {
    const { tiles, style, points, line } = JSON.parse(place.dataset.detailedMap);
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
    if (line && points.length > 1) map.on('load', () => drawLine(map, points));
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

function drawLine(map, points) {
    const data = { type: 'Feature', properties: {}, geometry: { type: 'LineString', coordinates: points.map(({ at }) => at) } };
    map.addSource('order', { type: 'geojson', data });
    map.addLayer({ id: 'order', type: 'line', source: 'order', paint: { 'line-color': '#a23b2a', 'line-width': 3, 'line-dasharray': [2, 1] } });
}
