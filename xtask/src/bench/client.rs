//! As much of HTTP/1.1 as a load generator needs: one connection, kept alive, one request at a time.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};

pub struct Connection {
    stream: BufReader<TcpStream>,
}

#[derive(Debug, PartialEq)]
pub struct Answer {
    pub status: u16,
    pub content_type: String,
    pub content_encoding: Option<String>,
    pub body: Vec<u8>,
}

impl Connection {
    pub fn open(addr: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(addr)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(30)))?;
        Ok(Self { stream: BufReader::with_capacity(64 << 10, stream) })
    }

    /// `encoding` is what is said to be accepted: `br`, `identity`.
    pub fn get(&mut self, path: &str, encoding: &str) -> Result<Answer> {
        let request = format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: {encoding}\r\n\r\n");
        self.stream.get_mut().write_all(request.as_bytes())?;
        read_answer(&mut self.stream)
    }
}

fn read_answer(stream: &mut impl BufRead) -> Result<Answer> {
    let mut line = String::new();
    next_line(stream, &mut line)?;
    let status =
        line.split(' ').nth(1).and_then(|status| status.parse().ok()).with_context(|| format!("not an answer: {line:?}"))?;
    let mut answer = Answer { status, content_type: String::new(), content_encoding: None, body: Vec::new() };
    let (mut length, mut chunked) = (None, false);
    loop {
        next_line(stream, &mut line)?;
        let Some((name, value)) = line.split_once(':') else { break };
        let value = value.trim();
        match name.to_ascii_lowercase().as_str() {
            "content-length" => length = Some(value.parse::<usize>()?),
            "transfer-encoding" => chunked = value.eq_ignore_ascii_case("chunked"),
            "content-type" => answer.content_type = value.to_owned(),
            "content-encoding" => answer.content_encoding = Some(value.to_owned()),
            _ => {}
        }
    }
    match length {
        _ if chunked => loop {
            next_line(stream, &mut line)?;
            let size = usize::from_str_radix(line.split(';').next().unwrap_or_default().trim(), 16)?;
            read_more(stream, size, &mut answer.body)?;
            next_line(stream, &mut line)?;
            if size == 0 {
                break;
            }
        },
        Some(length) => read_more(stream, length, &mut answer.body)?,
        None => bail!("an answer without a length"),
    }
    Ok(answer)
}

/// Reads a line without its end.
fn next_line(stream: &mut impl BufRead, line: &mut String) -> Result<()> {
    line.clear();
    ensure!(stream.read_line(line)? > 0, "the connection was closed");
    line.truncate(line.trim_end().len());
    Ok(())
}

fn read_more(stream: &mut impl Read, size: usize, body: &mut Vec<u8>) -> Result<()> {
    let start = body.len();
    body.resize(start + size, 0);
    Ok(stream.read_exact(&mut body[start..])?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body_of(wire: &str) -> Result<String> {
        Ok(String::from_utf8(read_answer(&mut wire.as_bytes())?.body)?)
    }

    #[test]
    fn bodies_are_read_by_length_and_by_chunks() {
        assert_eq!(body_of("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhelloHTTP/1.1").unwrap(), "hello");
        let chunks = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n2;x=y\r\n !\r\n0\r\n\r\n";
        assert_eq!(body_of(chunks).unwrap(), "hello !");
    }

    #[test]
    fn what_is_cut_short_is_an_error() {
        assert!(body_of("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel").is_err());
        assert!(body_of("HTTP/1.1 200 OK\r\n\r\nhello").is_err());
        assert!(body_of("").is_err());
    }

    #[test]
    fn status_and_headers_are_kept() {
        let wire = "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\ncontent-encoding: br\r\ncontent-length: 0\r\n\r\n";
        let answer = read_answer(&mut wire.as_bytes()).unwrap();
        let wanted = Answer { status: 404, content_type: "text/html".into(), content_encoding: Some("br".into()), body: vec![] };
        assert_eq!(answer, wanted);
    }
}
