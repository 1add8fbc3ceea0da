package dev.herald.benchmarks.load;

import dev.herald.base.io.RestingSelectStrategy;
import dev.herald.benchmarks.BenchmarkFailedException;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.URI;
import java.nio.channels.spi.SelectorProvider;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests over kept connections, one at a time on each: either as fast as they are
 * answered (a closed loop), or at a rate that does not care whether they are (an open
 * loop: a request that finds no free connection waits, and its wait counts). One thread
 * does all of it and rests for a millisecond between its rounds, so that the load costs
 * little of what is measured: an answer may count as that much later. One load at a time;
 * closed by whoever made it.
 */
public final class HttpLoad implements AutoCloseable {

	private static final int MAX_ANSWER = 1 << 20;

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	/** What is due within it may be sent together. */
	private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

	private final MultiThreadIoEventLoopGroup threads = new MultiThreadIoEventLoopGroup(1,
			new DefaultThreadFactory("http-load", true),
			NioIoHandler.newFactory(SelectorProvider.provider(), RestingSelectStrategy.newFactory()));

	private final EventLoop loop = threads.next();

	private final Deque<Channel> idle = new ArrayDeque<>();

	private final Bootstrap bootstrap;

	private @Nullable Run run;

	private HttpLoad(URI service) {
		this.bootstrap = new Bootstrap().group(loop)
			.channel(NioSocketChannel.class)
			.option(ChannelOption.TCP_NODELAY, true)
			.remoteAddress(service.getHost(), service.getPort())
			.handler(new ChannelInitializer<SocketChannel>() {
				@Override
				protected void initChannel(SocketChannel channel) {
					channel.pipeline()
						.addLast(new HttpResponseDecoder(), new HttpObjectAggregator(MAX_ANSWER), new Answers());
				}
			});
	}

	/**
	 * Opens the connections.
	 * @throws IllegalStateException if one cannot be opened
	 */
	public static HttpLoad to(URI service, int connections) {
		HttpLoad load = new HttpLoad(service);
		for (int i = 0; i < connections; i++) {
			ChannelFuture opened = load.bootstrap.connect().awaitUninterruptibly();
			if (!opened.isSuccess()) {
				load.close();
				throw new IllegalStateException("no connection to " + service, opened.cause());
			}
			load.loop.execute(() -> load.idle.add(opened.channel()));
		}
		return load;
	}

	/**
	 * Sends as fast as requests are answered.
	 * @param requests the request of a number, counted from 0; called on the load's
	 * thread
	 */
	public Samples closedLoop(LongFunction<LoadRequest> requests, Duration duration) throws InterruptedException {
		return run(new Run(requests, Double.POSITIVE_INFINITY, duration));
	}

	/**
	 * Sends so many a second, evenly.
	 * @param requests as for {@link #closedLoop}
	 */
	public Samples openLoop(LongFunction<LoadRequest> requests, double perSecond, Duration duration)
			throws InterruptedException {
		return run(new Run(requests, perSecond, duration));
	}

	private Samples run(Run begun) throws InterruptedException {
		loop.execute(() -> {
			run = begun;
			begun.begin();
		});
		try {
			return begun.ended.get(begun.duration.plus(PATIENCE).toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (TimeoutException ex) {
			throw new BenchmarkFailedException("requests must be answered within %d s, but %d were not"
				.formatted(PATIENCE.toSeconds(), begun.inFlight.get()));
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException("the load failed", ex.getCause());
		}
	}

	/** Closes the connections. */
	@Override
	public void close() {
		threads.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
	}

	/** One load. Everything but the wait for its end happens on the load's thread. */
	private final class Run {

		private final LongFunction<LoadRequest> requests;

		private final double perSecond;

		private final Duration duration;

		private final Samples samples = new Samples();

		private final CompletableFuture<Samples> ended = new CompletableFuture<>();

		private long beganNanos;

		private long sent;

		private final AtomicInteger inFlight = new AtomicInteger();

		Run(LongFunction<LoadRequest> requests, double perSecond, Duration duration) {
			this.requests = requests;
			this.perSecond = perSecond;
			this.duration = duration;
		}

		void begin() {
			beganNanos = System.nanoTime();
			tick();
		}

		/** A closed loop needs it for its end only, an open one for each request. */
		private void tick() {
			pump();
			endIfOver();
			if (!ended.isDone()) {
				loop.schedule(this::tick, nanosToTick(), TimeUnit.NANOSECONDS);
			}
		}

		/** No sooner than after a tick: the thread rests for as long anyway. */
		private long nanosToTick() {
			long end = beganNanos + duration.toNanos();
			long next = Double.isInfinite(perSecond) ? end : Math.min(end, nextDueNanos());
			return Math.max(TICK_NANOS, next - System.nanoTime());
		}

		void pump() {
			try {
				long now = System.nanoTime();
				while (!idle.isEmpty() && isDue(now)) {
					send(idle.remove(), dueNanos(now));
				}
			}
			catch (RuntimeException ex) {
				ended.completeExceptionally(ex);
			}
		}

		private boolean isDue(long now) {
			long elapsed = now - beganNanos;
			if (Double.isInfinite(perSecond)) {
				return elapsed < duration.toNanos();
			}
			return sent < perSecond * Math.min(elapsed, duration.toNanos()) / 1e9;
		}

		/**
		 * What is late because no connection was free, or this thread not awake, counts
		 * from when it was due; the tick between two looks is the load's own and does
		 * not.
		 */
		private long dueNanos(long now) {
			if (Double.isInfinite(perSecond)) {
				return now;
			}
			long due = nextDueNanos();
			return now - due > 2 * TICK_NANOS ? due : now;
		}

		private long nextDueNanos() {
			return beganNanos + (long) (sent * 1e9 / perSecond);
		}

		private void send(Channel channel, long begin) {
			LoadRequest request = requests.apply(sent++);
			Answers answers = channel.pipeline().get(Answers.class);
			answers.expect(this, request.kind(), begin);
			inFlight.incrementAndGet();
			channel.writeAndFlush(Unpooled.wrappedBuffer(request.bytes()), channel.voidPromise());
		}

		void answered(int kind, int status, long begin, Receipt receipt) {
			samples.add(kind, status, begin, System.nanoTime(), receipt);
			inFlight.decrementAndGet();
		}

		private void endIfOver() {
			boolean allDue = System.nanoTime() - beganNanos >= duration.toNanos() && !isDue(System.nanoTime());
			if (allDue && inFlight.get() == 0) {
				ended.complete(samples);
			}
		}

	}

	/** The end of one connection. */
	private final class Answers extends SimpleChannelInboundHandler<FullHttpResponse> {

		private @Nullable Run asked;

		private int kind;

		private long begin;

		void expect(Run by, int kindOfRequest, long beginNanos) {
			asked = by;
			kind = kindOfRequest;
			begin = beginNanos;
		}

		@Override
		protected void channelRead0(ChannelHandlerContext context, FullHttpResponse response) {
			int status = response.status().code();
			Receipt receipt = status == 202 ? Receipt.of(ByteBufUtil.getBytes(response.content())) : Receipt.NONE;
			answered(status, receipt);
			if (HttpUtil.isKeepAlive(response)) {
				idle.add(context.channel());
				pump();
			}
			else {
				context.close();
			}
		}

		private void answered(int status, Receipt receipt) {
			if (asked != null) {
				asked.answered(kind, status, begin, receipt);
				asked = null;
			}
		}

		private void pump() {
			if (run != null) {
				run.pump();
			}
		}

		@Override
		public void channelInactive(ChannelHandlerContext context) {
			answered(0, Receipt.NONE);
			idle.remove(context.channel());
			if (!threads.isShuttingDown()) {
				reopen();
			}
		}

		private void reopen() {
			bootstrap.connect().addListener((ChannelFuture opened) -> {
				if (opened.isSuccess()) {
					idle.add(opened.channel());
					pump();
				}
				else {
					loop.schedule(this::reopen, 100, TimeUnit.MILLISECONDS);
				}
			});
		}

		@Override
		public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
			context.close();
		}

	}

}
