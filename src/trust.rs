//! Whom we believe when a mail server shows its certificate: the public authorities, and those that the office names in `mail.tls_ca`.
//! A certificate that is not accepted is told with its reason, since an administrator can mend each of them in another way.

use std::error::Error;
use std::sync::Arc;

use case::problem::{Problem, ProblemCode};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{CertificateError, ClientConfig, RootCertStore};

/// What a connection is encrypted with; `tls_ca` is a PEM file of authorities, empty for none.
///
/// # Errors
/// The file is not there or holds something else.
pub fn client(tls_ca: &str) -> Result<Arc<ClientConfig>, Problem> {
    let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    for authority in authorities(tls_ca)? {
        roots.add(authority).map_err(|_damaged| not_pem())?;
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let versions = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let config = versions.map_err(|_unsupported| Problem::from(ProblemCode::Internal))?;
    Ok(Arc::new(config.with_root_certificates(roots).with_no_client_auth()))
}

/// The authorities in a PEM file; none for an empty name.
///
/// # Errors
/// The file is not there or holds no certificate.
pub fn authorities(tls_ca: &str) -> Result<Vec<CertificateDer<'static>>, Problem> {
    if tls_ca.is_empty() {
        return Ok(Vec::new());
    }
    let found = CertificateDer::pem_file_iter(tls_ca).map_err(|_unreadable| not_pem())?;
    let found: Vec<CertificateDer<'static>> = found.collect::<Result<_, _>>().map_err(|_damaged| not_pem())?;
    if found.is_empty() { Err(not_pem()) } else { Ok(found) }
}

fn not_pem() -> Problem {
    ProblemCode::InvalidConfiguration.because("mail.tls_ca不是PEM格式的证书")
}

/// Why a connection was not encrypted, when `error` tells that it is for the sake of TLS; in words for an administrator.
#[must_use]
pub fn refusal(error: &(dyn Error + 'static)) -> Option<&'static str> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(found) = error.downcast_ref::<rustls::Error>() {
            return Some(reason(found));
        }
        // What an `io::Error` holds is not its source; its source is that one's source.
        next = match error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref) {
            Some(inside) => Some(inside),
            None => error.source(),
        };
    }
    None
}

fn reason(error: &rustls::Error) -> &'static str {
    match error {
        rustls::Error::InvalidCertificate(certificate) => match certificate {
            CertificateError::UnknownIssuer => {
                "服务器证书不是受信任的机构签发的；本单位自建的证书机构请写入mail.tls_ca"
            }
            CertificateError::Expired | CertificateError::ExpiredContext { .. } => "服务器证书已过期",
            CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
                "服务器证书尚未生效，请核对两台机器的时间"
            }
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
                "服务器证书与地址中的主机名不符"
            }
            _ => "服务器证书无效",
        },
        _ => "TLS握手失败",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reason_is_found_however_deep_it_stands() {
        let expired = rustls::Error::InvalidCertificate(CertificateError::Expired);
        let wrapped = std::io::Error::new(std::io::ErrorKind::InvalidData, expired);
        let again = std::io::Error::other(wrapped);
        assert_eq!(refusal(&again), Some("服务器证书已过期"));
        assert_eq!(refusal(&std::io::Error::other("reset")), None);
    }
}
