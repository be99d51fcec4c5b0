//! Whom to call, anywhere in the country.

/// National numbers; 12345 takes complaints about anything, tourism too.
pub(super) const NUMBERS: [(&str, &str, &str); 4] = [
    ("110", "报警", "police"),
    ("120", "急救", "ambulance"),
    ("119", "火警", "fire"),
    ("12345", "政务服务热线", "public services, complaints"),
];
