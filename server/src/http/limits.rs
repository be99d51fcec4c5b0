//! How much one client may ask for.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::time::Duration;

use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

/// Many phones share one carrier address, so the burst is generous.
const SMALLEST_BURST: u32 = 1_000;

pub struct Limiter(DefaultKeyedRateLimiter<IpAddr>);

impl Limiter {
    pub fn new(per_second: NonZeroU32) -> Self {
        let burst = per_second
            .saturating_mul(NonZeroU32::new(10).expect("ten"))
            .max(NonZeroU32::new(SMALLEST_BURST).expect("a thousand"));
        Self(RateLimiter::keyed(Quota::per_second(per_second).allow_burst(burst)))
    }

    /// Err holds how long to wait.
    pub fn check(&self, client: IpAddr) -> Result<(), Duration> {
        self.0.check_key(&super::address::limited_by(client)).map_err(|no| no.wait_time_from(DefaultClock::default().now()))
    }

    /// Forgets clients that have been quiet; called now and then so that memory stays bounded.
    pub fn forget_quiet(&self) {
        self.0.retain_recent();
        self.0.shrink_to_fit();
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
}
