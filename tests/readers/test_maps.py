"""Files for navigation devices and maps, as `gpxpy` and `fastkml` read them."""

import html
import re
import unittest
import warnings

import gpxpy

import story
from travel import Site

with warnings.catch_warnings():
    # It would print prettier with a library that nothing here needs.
    warnings.filterwarnings("ignore", "Package `lxml` missing")
    from fastkml import KML
    from fastkml.features import Placemark

LINE = {"": "先后（不是道路）", "/en": "Order of stops (not the road)"}
# Degrees: six decimals are given.
ROUNDING = 0.0000006


def setUpModule():
    global site, trip
    site = Site()
    unittest.addModuleCleanup(site.stop)
    trip = story.plan(site)


def placed(lang=""):
    """What the page shows, without the place that nobody knows where it is."""
    return [[stop for stop in day if stop.number != 22] for day in trip.days(lang)]


def gpx(day=None, lang=""):
    return gpxpy.parse(trip.file("gpx", day, lang))


def kml(day=None, lang=""):
    (document,) = KML.from_string(trip.file("kml", day, lang)).features
    return document


def is_start(point):
    """Where a day sets out that does not begin at its first stop."""
    return re.match("(≈ )?(出发：|Start: )", point.name) is not None


def visited(points):
    return [point for point in points if not is_start(point)]


def spans(folder):
    return [(mark.times.begin.dt, mark.times.end.dt) for mark in visited(folder.features) if mark.times]


class Gpx(unittest.TestCase):
    def test_it_has_a_waypoint_a_stop_and_a_route_and_a_track_a_day_in_order(self):
        for lang in LINE:
            read, shown = gpx(lang=lang), placed(lang)
            stops = [stop for day in shown for stop in day]
            self.assertEqual([point.time for point in read.waypoints], [stop.begins for stop in stops])
            self.assertEqual((len(read.routes), len(read.tracks)), (3, 3))
            for route, track, day in zip(read.routes, read.tracks, shown):
                (segment,) = track.segments
                for points in [route.points, segment.points]:
                    self.assertEqual([point.time for point in visited(points)], [stop.begins for stop in day])
                    for point, stop in zip(visited(points), day):
                        self.assertTrue(stop.is_called(point.name), (point.name, stop.name))
                self.assertEqual(track.description, LINE[lang])
                self.assertEqual(track.name, route.name)
            self.assertEqual([track.number for track in read.tracks], [1, 2, 3])

    def test_a_day_sets_out_from_where_the_one_before_ended(self):
        tracks = [track.segments[0].points for track in gpx().tracks]
        self.assertFalse(is_start(tracks[0][0]), "the first day begins at its first stop")
        for before, after in zip(tracks, tracks[1:]):
            self.assertTrue(is_start(after[0]), after[0].name)
            self.assertEqual((after[0].latitude, after[0].longitude), (before[-1].latitude, before[-1].longitude))

    def test_positions_are_those_of_the_catalogue_and_the_traveller(self):
        known = trip.positions() | {21: story.EXACT, 24: story.EXACT}
        stops = [stop for day in placed() for stop in day]
        compared = [(point, stop) for point, stop in zip(gpx().waypoints, stops) if stop.number in known]
        self.assertEqual(len(compared), 8)
        for point, stop in compared:
            position = known[stop.number]
            self.assertAlmostEqual(point.latitude, position["lat"], delta=ROUNDING, msg=stop.name)
            self.assertAlmostEqual(point.longitude, position["lon"], delta=ROUNDING, msg=stop.name)

    def test_what_is_only_roughly_known_says_so(self):
        for lang, words in [("", "位置(只准到约.*公里|不准)"), ("/en", "Position (only good to|not exact)")]:
            rough = [point for point in gpx(lang=lang).waypoints if "学校门口" not in point.name]
            self.assertEqual(len(rough), 7)
            for point in rough:
                self.assertTrue(point.name.startswith("≈ "), point.name)
                self.assertRegex(point.description, words)

    def test_what_a_map_cannot_show_is_named(self):
        read = gpx()
        self.assertIn("未列入：外婆家", read.description)
        self.assertEqual([point.name for point in read.waypoints if "外婆家" in point.name], [])

    def test_what_people_write_comes_back_as_it_was(self):
        read = gpx()
        self.assertEqual(read.name, "侗乡，三天; 两夜, <一家>")
        first = read.waypoints[0]
        self.assertEqual(first.name, "学校门口 <东>, 3号; A&B")
        self.assertTrue((first.description + "\n").startswith(story.NOTE + "\n"), first.description)

    def test_a_day_alone_is_that_day_of_the_whole(self):
        whole = gpx()
        for day, stops in enumerate(placed()):
            alone = gpx(day + 1)
            self.assertEqual(len(visited(alone.waypoints)), len(stops))
            (track,), (of_whole,) = alone.tracks, whole.tracks[day : day + 1]
            seen = [
                (track.number, track.name, [(point.latitude, point.longitude, point.time, point.name) for point in track.segments[0].points])
                for track in [track, of_whole]
            ]
            self.assertEqual(seen[0], seen[1])

    def test_samples_are_marked_by_their_name(self):
        for lang, sign in [("", "（示例）"), ("/en", " (sample)")]:
            for points in [gpx(lang=lang).waypoints, gpx(3, lang).tracks[0].segments[0].points]:
                self.assertEqual(len([point for point in points if point.name.endswith(sign)]), 1)


class Kml(unittest.TestCase):
    def test_it_has_a_folder_a_day_with_its_stops_in_order(self):
        for lang, line_name in LINE.items():
            folders, shown = kml(lang=lang).features, placed(lang)
            self.assertEqual(len(folders), 3)
            for folder, day, track in zip(folders, shown, gpx(lang=lang).tracks):
                self.assertEqual(folder.name, track.name)
                *stops, line = folder.features
                self.assertEqual(spans(folder), [(stop.begins, stop.ends) for stop in day])
                self.assertEqual(line.name, line_name)
                points = [mark.geometry.coords[0] for mark in stops]
                self.assertEqual(list(line.geometry.coords), points)
                for (lon, lat), point in zip(points, track.segments[0].points):
                    self.assertEqual((lat, lon), (point.latitude, point.longitude), "as in the other file")

    def test_what_people_write_is_text_and_no_markup(self):
        document = kml()
        self.assertEqual(document.name, "侗乡，三天; 两夜, <一家>")
        first = document.features[0].features[0]
        self.assertEqual(first.name, "学校门口 <东>, 3号; A&B")
        self.assertNotIn("<", first.description)
        self.assertTrue((html.unescape(first.description) + "\n").startswith(story.NOTE + "\n"), first.description)
        self.assertIn("未列入：外婆家", document.description)

    def test_a_day_alone_is_that_day_of_the_whole(self):
        whole = kml().features
        for day in range(3):
            (alone,) = kml(day + 1).features
            self.assertEqual((alone.name, spans(alone)), (whole[day].name, spans(whole[day])))
            self.assertTrue(all(isinstance(mark, Placemark) for mark in alone.features))


if __name__ == "__main__":
    unittest.main()
