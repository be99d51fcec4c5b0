//! Taking connections in: what a client may keep waiting, how many there may be, and how they end.
//!
//! axum's own loop leaves hyper without a clock, so that whoever sends half a request, or reads half an answer, holds a connection
//! for as long as it likes.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::ConnectInfo;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio_io_timeout::TimeoutStream;
use tower::Service;

use crate::http::Door;

/// What a client may keep a server waiting for.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// From the moment a request could come until its head is there; a connection that is only kept open ends then, too.
    pub head: Duration,
    /// While the client takes nothing of what is being sent.
    pub write: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { head: Duration::from_secs(30), write: Duration::from_secs(30) }
    }
}

/// Further ones wait until one of these ends.
const MOST_CONNECTIONS: usize = 8_192;
/// Out of file descriptors, say: trying again at once would only burn the processor.
const AFTER_A_FAILURE: Duration = Duration::from_millis(200);

/// Serves until `stop`, then finishes what is running and closes what is only kept open.
pub async fn serve(listener: TcpListener, door: Door, patience: Patience, stop: impl Future<Output = ()>) {
    let room = Arc::new(Semaphore::new(MOST_CONNECTIONS));
    let graceful = GracefulShutdown::new();
    let mut builder = Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new()).header_read_timeout(patience.head);
    builder.http2().timer(TokioTimer::new()).keep_alive_interval(patience.head).keep_alive_timeout(patience.head);
    let mut stop = std::pin::pin!(stop);
    loop {
        let next = async {
            let place = room.clone().acquire_owned().await.expect("never closed");
            (place, listener.accept().await)
        };
        let (place, accepted) = tokio::select! {
            next = next => next,
            () = &mut stop => break,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(why) => {
                tracing::warn!(%why, "a connection could not be taken in");
                tokio::time::sleep(AFTER_A_FAILURE).await;
                continue;
            }
        };
        let door = door.clone();
        let answer = service_fn(move |request: hyper::Request<Incoming>| {
            let mut request = request.map(Body::new);
            request.extensions_mut().insert(ConnectInfo(peer));
            door.clone().call(request)
        });
        let connection = builder.serve_connection(TokioIo::new(timed(stream, patience)), answer);
        let connection = graceful.watch(connection.into_owned());
        tokio::spawn(async move {
            // How a connection ends is the client's business: resets and timeouts are nobody's fault here.
            if let Err(why) = connection.await {
                tracing::trace!(%peer, why, "a connection ended early");
            }
            drop(place);
        });
    }
    drop(listener);
    graceful.shutdown().await;
}

fn timed(stream: TcpStream, patience: Patience) -> std::pin::Pin<Box<TimeoutStream<TcpStream>>> {
    // A page is one write; waiting for more only delays it.
    let _ = stream.set_nodelay(true);
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(patience.write));
    Box::pin(stream)
}
