//! How much one client may ask for.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::time::Duration;

use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use super::address::limited_by;

/// Many phones share one carrier address, so the burst is generous.
const SMALLEST_BURST: u32 = 1_000;

/// What is kept for somebody takes room for a year, and whoever throws their cookie away is somebody new.
const TRIPS_A_DAY: NonZeroU32 = NonZeroU32::new(1_000).expect("not zero");
const SAVED_A_DAY: NonZeroU32 = NonZeroU32::new(10_000).expect("not zero");

pub struct Limiter {
    requests: DefaultKeyedRateLimiter<IpAddr>,
    trips: DefaultKeyedRateLimiter<IpAddr>,
    saved: DefaultKeyedRateLimiter<IpAddr>,
}

fn a_day(most: NonZeroU32) -> DefaultKeyedRateLimiter<IpAddr> {
    let quota = Quota::with_period(Duration::from_secs(24 * 60 * 60) / most.get()).expect("longer than nothing");
    RateLimiter::keyed(quota.allow_burst(most))
}

impl Limiter {
    pub fn new(per_second: NonZeroU32) -> Self {
        let burst = per_second
            .saturating_mul(NonZeroU32::new(10).expect("ten"))
            .max(NonZeroU32::new(SMALLEST_BURST).expect("a thousand"));
        let requests = RateLimiter::keyed(Quota::per_second(per_second).allow_burst(burst));
        Self { requests, trips: a_day(TRIPS_A_DAY), saved: a_day(SAVED_A_DAY) }
    }

    /// Err holds how long to wait.
    pub fn check(&self, client: IpAddr) -> Result<(), Duration> {
        self.requests.check_key(&limited_by(client)).map_err(|no| no.wait_time_from(DefaultClock::default().now()))
    }

    /// Whether this client may have one more trip made today.
    pub fn allows_trip(&self, client: IpAddr) -> bool {
        self.trips.check_key(&limited_by(client)).is_ok()
    }

    /// Whether this client may save one more listing today.
    pub fn allows_saving(&self, client: IpAddr) -> bool {
        self.saved.check_key(&limited_by(client)).is_ok()
    }

    /// Forgets clients that have been quiet; called now and then so that memory stays bounded.
    pub fn forget_quiet(&self) {
        for limiter in [&self.requests, &self.trips, &self.saved] {
            limiter.retain_recent();
            limiter.shrink_to_fit();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_that_asks_too_much_waits_and_others_do_not() {
        let limiter = Limiter::new(NonZeroU32::new(1).unwrap());
        let greedy: IpAddr = "203.0.113.9".parse().unwrap();
        let allowed = (0..2_000).filter(|_| limiter.check(greedy).is_ok()).count();
        assert!((1_000..1_010).contains(&allowed), "{allowed}");
        assert!(limiter.check(greedy).unwrap_err() > Duration::ZERO);
        assert!(limiter.check("203.0.113.10".parse().unwrap()).is_ok());
    }

    #[test]
    fn what_is_kept_is_counted_by_the_day_whoever_asks_for_it() {
        let limiter = Limiter::new(NonZeroU32::new(1).unwrap());
        let greedy: IpAddr = "203.0.113.9".parse().unwrap();
        let trips = (0..2_000).filter(|_| limiter.allows_trip(greedy)).count();
        assert!((1_000..1_010).contains(&trips), "{trips}");
        limiter.forget_quiet();
        assert!(!limiter.allows_trip(greedy), "it is not forgotten within the day");
        assert!(limiter.allows_saving(greedy) && limiter.allows_trip("203.0.113.10".parse().unwrap()));
    }
}
