"""Calendars, as `icalendar` reads them."""

import unittest
from datetime import timedelta

import icalendar
from icalendar.parser import unescape_char

import story
from travel import SHANGHAI, Site


def setUpModule():
    global site, trip
    site = Site()
    unittest.addModuleCleanup(site.stop)
    trip = story.plan(site)


def events(file):
    calendar = icalendar.Calendar.from_ical(file)
    broken = [(part.name, part.errors) for part in calendar.walk() if part.errors]
    assert not broken, broken
    return calendar.walk("VEVENT")


def numbers(file):
    """Of the stops: the last part of a UID."""
    return [int(event["UID"].removesuffix("@xiaoxiang").rsplit("-", 1)[1]) for event in events(file)]


class Calendar(unittest.TestCase):
    def test_every_stop_is_an_event_at_the_time_that_the_page_shows(self):
        for lang in ["", "/en"]:
            stops = [stop for day in trip.days(lang) for stop in day]
            self.assertEqual(len(stops), 10)
            read = events(trip.file("ics", lang=lang))
            self.assertEqual(len(read), len(stops))
            for event, stop in zip(read, stops):
                self.assertEqual((event.start, event.end), (stop.begins, stop.ends), stop.name)
                self.assertTrue(stop.is_called(event["SUMMARY"]), (event["SUMMARY"], stop.name))

    def test_times_are_of_shanghai_and_the_file_says_what_that_is(self):
        calendar = icalendar.Calendar.from_ical(trip.file("ics"))
        self.assertEqual([zone["TZID"] for zone in calendar.timezones], ["Asia/Shanghai"])
        self.assertEqual(calendar.get_missing_tzids(), set())
        told = calendar.timezones[0].to_tz(lookup_tzid=False)
        for event in calendar.walk("VEVENT"):
            for time in [event["DTSTART"], event["DTEND"]]:
                self.assertEqual(time.params["TZID"], "Asia/Shanghai")
                self.assertEqual(time.dt.utcoffset(), timedelta(hours=8))
                naive = time.dt.replace(tzinfo=None)
                self.assertEqual(told.utcoffset(naive), timedelta(hours=8), "by the rules in the file itself")

    def test_a_stop_may_run_past_midnight(self):
        last = events(trip.file("ics", day=1))[-1]
        self.assertEqual(last.start.strftime("%H:%M"), "23:50")
        self.assertEqual(last.end.astimezone(SHANGHAI).date(), trip.starts + timedelta(days=1))

    def test_what_people_write_comes_back_as_it_was(self):
        read = {number: event for number, event in zip(numbers(trip.file("ics")), events(trip.file("ics")))}
        self.assertEqual(read[21]["SUMMARY"], "学校门口 <东>, 3号; A&B")
        self.assertTrue((read[21]["DESCRIPTION"] + "\n").startswith(story.NOTE + "\n"), read[21]["DESCRIPTION"])
        calendar = icalendar.Calendar.from_ical(trip.file("ics"))
        # The reader knows no type of this one; the standard does.
        self.assertEqual(unescape_char(str(calendar["NAME"])), "侗乡，三天; 两夜, <一家>")
        self.assertLessEqual(max(map(len, trip.file("ics").split(b"\r\n"))), 75)

    def test_a_sample_says_that_it_is_one(self):
        for lang, sign in [("", "示例"), ("/en", "sample")]:
            file = trip.file("ics", lang=lang)
            marked = [number for number, event in zip(numbers(file), events(file)) if sign in event["SUMMARY"]]
            self.assertEqual(marked, [23])

    def test_only_an_exact_position_is_given(self):
        read = dict(zip(numbers(trip.file("ics")), events(trip.file("ics"))))
        exact = read[21]["GEO"]
        self.assertAlmostEqual(exact.latitude, story.EXACT["lat"], 5)
        self.assertAlmostEqual(exact.longitude, story.EXACT["lon"], 5)
        self.assertNotIn("GEO", read[22])
        rough = [event for number, event in read.items() if number < 20]
        self.assertTrue(rough)
        for event in rough:
            self.assertNotIn("GEO", event)
            self.assertRegex(event["DESCRIPTION"], "位置(只准到约.*公里|不准|未知)")

    def test_a_day_alone_has_the_same_events(self):
        whole = {event["UID"]: event.to_ical() for event in events(trip.file("ics"))}
        days = [{event["UID"]: event.to_ical() for event in events(trip.file("ics", day))} for day in [1, 2, 3]]
        self.assertEqual([len(day) for day in days], [len(day) for day in trip.days()])
        self.assertEqual({uid: event for day in days for uid, event in day.items()}, whole)

    def test_after_a_change_a_calendar_knows_the_events_again_and_that_they_are_newer(self):
        other = story.plan(site)
        before = {event["UID"]: event for event in events(other.file("ics"))}
        other.edit(edit="set_stay", visit=21, minutes=75)
        other.edit(edit="remove_visit", visit=22)
        other.edit(edit="move_visit", visit=1, day=2, index=0)
        after = {event["UID"]: event for event in events(other.file("ics"))}
        self.assertEqual(set(before) - set(after), {uid for uid in before if uid.endswith("-22@xiaoxiang")})
        self.assertEqual(set(after) - set(before), set())
        for uid, event in after.items():
            self.assertGreater(event["SEQUENCE"], before[uid]["SEQUENCE"])
            self.assertGreaterEqual(event["LAST-MODIFIED"].dt, before[uid]["LAST-MODIFIED"].dt)
        mine = {event["UID"] for event in events(trip.file("ics"))}
        self.assertEqual(mine & set(after), set(), "trips do not share events")
        changed = next(event for uid, event in after.items() if uid.endswith("-21@xiaoxiang"))
        self.assertEqual(changed.end - changed.start, timedelta(minutes=75))


if __name__ == "__main__":
    unittest.main()
