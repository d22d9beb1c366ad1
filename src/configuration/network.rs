//! A network of addresses, as an administrator writes it: `10.0.0.0/8`, `fd00::/8`, or one address.

use std::net::IpAddr;

use serde::Deserialize;

/// An address with the number of its bits that count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Network {
    address: IpAddr,
    bits: u32,
}

/// What is no network.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}”不是IP地址或网段（如10.0.0.0/8）")]
pub struct InvalidNetwork(String);

impl Network {
    /// Reads a network.
    ///
    /// # Errors
    /// It is no address, or has more bits than the address.
    pub fn parse(text: &str) -> Result<Self, InvalidNetwork> {
        let invalid = || InvalidNetwork(text.to_owned());
        let (address, bits) = text.split_once('/').map_or((text, None), |(address, bits)| (address, Some(bits)));
        let address: IpAddr = address.parse().map_err(|_invalid| invalid())?;
        let whole = length(address);
        let bits = bits.map_or(Ok(whole), |bits| bits.parse().map_err(|_invalid| invalid()))?;
        if bits > whole {
            return Err(invalid());
        }
        Ok(Self { address, bits })
    }

    /// Whether `address` is in it.
    #[must_use]
    pub fn contains(&self, address: IpAddr) -> bool {
        length(address) == length(self.address) && beginning(address, self.bits) == beginning(self.address, self.bits)
    }
}

impl TryFrom<String> for Network {
    type Error = InvalidNetwork;

    fn try_from(text: String) -> Result<Self, InvalidNetwork> {
        Self::parse(&text)
    }
}

const fn length(address: IpAddr) -> u32 {
    match address {
        IpAddr::V4(_) => 32,
        IpAddr::V6(_) => 128,
    }
}

/// The first `bits` of the address as a number.
fn beginning(address: IpAddr, bits: u32) -> u128 {
    let number = match address {
        IpAddr::V4(address) => u128::from(address.to_bits()),
        IpAddr::V6(address) => address.to_bits(),
    };
    number.checked_shr(length(address) - bits).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_network_contains_what_begins_like_it() {
        for (network, address, inside) in [
            ("10.0.0.0/8", "10.255.0.1", true),
            ("10.0.0.0/8", "11.0.0.1", false),
            ("192.0.2.7", "192.0.2.7", true),
            ("192.0.2.7", "192.0.2.8", false),
            ("fd00::/8", "fdff::1", true),
            ("fd00::/8", "fe00::1", false),
            ("0.0.0.0/0", "203.0.113.9", true),
            ("0.0.0.0/0", "::1", false),
            ("::/0", "2001:db8::1", true),
        ] {
            let inside_it = Network::parse(network).unwrap().contains(address.parse().unwrap());
            assert_eq!(inside_it, inside, "{network} {address}");
        }
        for text in ["", "10.0.0.0/33", "10.0.0/8", "::1/129", "10.0.0.0/", "proxy.example.invalid"] {
            assert!(Network::parse(text).is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn an_address_is_in_each_of_its_own_networks(address: u32, bits in 0_u32..=32) {
            let address = IpAddr::V4(address.into());
            let network = Network::parse(&format!("{address}/{bits}")).unwrap();
            prop_assert!(network.contains(address));
        }

        #[test]
        fn any_text_is_read_or_refused(text in ".{0,40}") {
            let _either = Network::parse(&text);
        }
    }
}
