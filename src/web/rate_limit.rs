//! How often one visitor may do something, in memory that never grows past a bound, whatever comes from how many addresses.
//!
//! Visitors are spread over a fixed number of buckets by a keyed hash, and each bucket has a quota. Two visitors may meet in a
//! bucket and share it; nobody outside can choose whom to meet, because the key is drawn at each start. So nothing needs to be
//! swept, and a flood of addresses costs no more than the buckets.

use std::num::NonZeroU32;
use std::sync::Arc;

use actix_web::HttpRequest;
use case::ports::Randomness;
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use crate::configuration::Network;
use crate::web::visitor::Visitor;

/// How many buckets there are. A thousand visitors in one minute leave each of them alone in a bucket with 98.5 %; all buckets in
/// use are about 4 MB.
const BUCKETS: u32 = 1 << 16;

/// A limit, shared by all workers.
#[derive(Clone)]
pub struct RateLimit {
    buckets: Arc<DefaultKeyedRateLimiter<u32>>,
    key: [u8; 32],
    trusted: Arc<[Network]>,
}

impl RateLimit {
    /// `times` a minute for each visitor seen through `trusted` proxies.
    #[must_use]
    pub fn per_minute(times: u32, trusted: &[Network], randomness: &dyn Randomness) -> Self {
        let quota = Quota::per_minute(NonZeroU32::new(times).unwrap_or(NonZeroU32::MIN));
        let mut key = [0_u8; 32];
        randomness.fill(&mut key);
        Self { buckets: Arc::new(RateLimiter::keyed(quota)), key, trusted: trusted.into() }
    }

    /// Counts `request`.
    ///
    /// # Errors
    /// It is one too many; the seconds to wait, rounded up: a second too early would be refused again.
    pub fn count(&self, request: &HttpRequest) -> Result<(), u64> {
        let bucket = self.bucket(Visitor::of(request, &self.trusted));
        self.buckets
            .check_key(&bucket)
            .map_err(|denied| denied.wait_time_from(DefaultClock::default().now()).as_secs().saturating_add(1))
    }

    fn bucket(&self, visitor: Visitor) -> u32 {
        let hash = blake3::keyed_hash(&self.key, &visitor.bytes());
        let [first, second, third, fourth, ..] = *hash.as_bytes();
        u32::from_be_bytes([first, second, third, fourth]) % BUCKETS
    }
}

#[cfg(test)]
mod tests {
    use std::net::{IpAddr, SocketAddr};

    use actix_web::test::TestRequest;

    use super::*;
    use crate::system::SystemRandomness;

    fn request(address: u32) -> HttpRequest {
        TestRequest::get().peer_addr(SocketAddr::new(IpAddr::V4(address.into()), 1)).to_http_request()
    }

    #[test]
    fn each_visitor_has_a_quota_of_its_own() {
        let limit = RateLimit::per_minute(2, &[], &SystemRandomness);
        let one = request(1);
        assert!(limit.count(&one).is_ok() && limit.count(&one).is_ok());
        assert!((1..=31).contains(&limit.count(&one).unwrap_err()));
        // Of a hundred others hardly any can be in the same bucket.
        let refused = (2..102).filter(|address| limit.count(&request(*address)).is_err()).count();
        assert!(refused < 5, "{refused}");
    }

    #[test]
    fn a_flood_of_addresses_costs_no_more_than_the_buckets() {
        let limit = RateLimit::per_minute(2, &[], &SystemRandomness);
        for address in 0..BUCKETS * 4 {
            let _either = limit.count(&request(address));
        }
        assert!(limit.buckets.len() <= usize::try_from(BUCKETS).unwrap());
    }
}
