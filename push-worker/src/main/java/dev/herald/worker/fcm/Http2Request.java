package dev.herald.worker.fcm;

import io.netty.handler.codec.http2.Http2Headers;
import java.util.concurrent.CompletableFuture;

/**
 * A request on its way, and its reply to come.
 *
 * @param headers with pseudo-headers
 * @param body not empty
 * @param reply completed on the connection's event loop, exceptionally with an
 * {@link java.io.IOException} where no reply comes
 */
record Http2Request(Http2Headers headers, byte[] body, CompletableFuture<Http2Reply> reply) {
}
