package dev.herald.base.coalesce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CoalescerTests {

	private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

	private final List<List<Integer>> calls = new CopyOnWriteArrayList<>();

	private final Semaphore permits = new Semaphore(0);

	private final AtomicLong nanoTime = new AtomicLong();

	@AfterEach
	void close() {
		permits.release(1_000_000);
		executor.close();
	}

	@Test
	void whatArrivesDuringACallGoesTogetherWithTheNext() throws Exception {
		Coalescer<Integer, Integer> doubles = doubles(10, 1, 100);

		CompletableFuture<Integer> first = doubles.ask(1);
		Awaitility.await().until(() -> calls.size() == 1);
		List<CompletableFuture<Integer>> others = IntStream.range(2, 6).mapToObj(doubles::ask).toList();
		permits.release(2);

		assertThat(first.get()).isEqualTo(2);
		assertThat(others.stream().map(CompletableFuture::join)).containsExactly(4, 6, 8, 10);
		assertThat(calls).containsExactly(List.of(1), List.of(2, 3, 4, 5));
	}

	@Test
	void whatIsAskedTogetherGoesTogether() {
		Coalescer<Integer, Integer> doubles = doubles(10, 4, 100);
		permits.release(100);

		List<CompletableFuture<Integer>> answers = doubles.askAll(List.of(1, 2, 3, 4, 5));

		assertThat(answers.stream().map(CompletableFuture::join)).containsExactly(2, 4, 6, 8, 10);
		assertThat(calls).containsExactly(List.of(1, 2, 3, 4, 5));
		assertThat(doubles.askAll(List.of())).isEmpty();
	}

	@Test
	void ofWhatIsAskedTogetherOnlyWhatMayNotWaitIsRefused() {
		Coalescer<Integer, Integer> doubles = doubles(10, 1, 2);
		permits.release(100);

		List<CompletableFuture<Integer>> answers = doubles.askAll(List.of(1, 2, 3));

		assertThat(answers.get(0).join()).isEqualTo(2);
		assertThat(answers.get(1).join()).isEqualTo(4);
		assertThat(answers.get(2)).isCompletedExceptionally();
	}

	@Test
	void aCallHasABoundedNumberOfQuestions() {
		Coalescer<Integer, Integer> doubles = doubles(3, 1, 100);
		permits.release(100);

		List<CompletableFuture<Integer>> answers = IntStream.range(0, 50).mapToObj(doubles::ask).toList();

		answers.forEach(CompletableFuture::join);
		assertThat(calls).allSatisfy(call -> assertThat(call).hasSizeBetween(1, 3));
		assertThat(calls.stream().flatMap(List::stream)).hasSize(50);
	}

	@Test
	void onlySoManyCallsAreUnderWayAtOnce() {
		Coalescer<Integer, Integer> doubles = doubles(1, 2, 100);

		List<CompletableFuture<Integer>> answers = IntStream.range(0, 10).mapToObj(doubles::ask).toList();
		Awaitility.await().until(() -> permits.getQueueLength() == 2);

		assertThat(calls).hasSize(2);
		permits.release(10);
		answers.forEach(CompletableFuture::join);
	}

	@Test
	void whatACallHasNoRoomForDoesNotWaitForItsEnd() {
		Coalescer<Integer, Integer> doubles = doubles(2, 2, 100);

		List<CompletableFuture<Integer>> answers = doubles.askAll(List.of(1, 2, 3));

		Awaitility.await().until(() -> permits.getQueueLength() == 2);
		assertThat(calls).containsExactlyInAnyOrder(List.of(1, 2), List.of(3));
		permits.release(2);
		assertThat(answers.stream().map(CompletableFuture::join)).containsExactly(2, 4, 6);
	}

	@Test
	void aCallWhoseQuestionsWentWithAnotherGivesItsPlaceBack() {
		List<Runnable> tasks = new ArrayList<>();
		permits.release(1_000);
		Coalescer<Integer, Integer> doubles = new Coalescer<>(Coalescer.Settings.full("test", 10, 2, 100), tasks::add,
				this::call);

		doubles.ask(1);
		doubles.ask(2);
		tasks.get(0).run();
		tasks.get(1).run();
		assertThat(calls).containsExactly(List.of(1, 2));
		doubles.ask(3);
		doubles.ask(4);

		assertThat(tasks).as("calls begun").hasSize(4);
	}

	@Test
	void whatFollowsACallGathersForTwiceAsLongAsItTook() {
		Coalescer<Integer, Integer> doubles = afterACallOfThreeMillis(10);

		List<CompletableFuture<Integer>> next = IntStream.range(2, 5).mapToObj(doubles::ask).toList();
		Awaitility.await().during(100, TimeUnit.MILLISECONDS).until(() -> calls.size() == 1);
		nanoTime.addAndGet(TimeUnit.MILLISECONDS.toNanos(5));
		Awaitility.await().during(100, TimeUnit.MILLISECONDS).until(() -> calls.size() == 1);
		nanoTime.addAndGet(TimeUnit.MILLISECONDS.toNanos(1));

		next.forEach(CompletableFuture::join);
		assertThat(calls).containsExactly(List.of(1), List.of(2, 3, 4));
	}

	@Test
	void whatFillsACallGoesAtOnce() {
		Coalescer<Integer, Integer> doubles = afterACallOfThreeMillis(3);

		List<CompletableFuture<Integer>> next = IntStream.range(2, 5).mapToObj(doubles::ask).toList();

		next.forEach(answer -> assertThat(answer).succeedsWithin(Duration.ofSeconds(10)));
		assertThat(calls).containsExactly(List.of(1), List.of(2, 3, 4));
	}

	@Test
	void whatIsEnoughForACallGoesAtOnce() {
		Coalescer<Integer, Integer> doubles = afterACallOfThreeMillis(100);

		List<CompletableFuture<Integer>> next = doubles.askAll(IntStream.range(2, 26).boxed().toList());

		next.forEach(answer -> assertThat(answer).succeedsWithin(Duration.ofSeconds(10)));
		assertThat(calls).hasSize(2);
	}

	private Coalescer<Integer, Integer> afterACallOfThreeMillis(int maxBatch) {
		Coalescer<Integer, Integer> doubles = new Coalescer<>(Coalescer.Settings.forRequests("test", maxBatch, 1, 100),
				executor, nanoTime::get, this::call);
		CompletableFuture<Integer> first = doubles.ask(1);
		Awaitility.await().until(() -> calls.size() == 1);
		nanoTime.addAndGet(TimeUnit.MILLISECONDS.toNanos(3));
		permits.release(100);
		first.join();
		return doubles;
	}

	@Test
	void whoeverWouldWaitInVainIsRefusedAtOnce() {
		Coalescer<Integer, Integer> doubles = doubles(1, 1, 2);

		CompletableFuture<Integer> first = doubles.ask(0);
		Awaitility.await().until(() -> calls.size() == 1);
		List<CompletableFuture<Integer>> waiting = List.of(doubles.ask(1), doubles.ask(2));

		assertThatThrownBy(() -> doubles.ask(3).get()).isInstanceOf(ExecutionException.class)
			.hasCauseInstanceOf(TooManyWaitingException.class)
			.hasMessageContaining("2 questions wait");
		permits.release(3);
		assertThat(first.join()).isZero();
		assertThat(waiting.stream().map(CompletableFuture::join)).containsExactly(2, 4);
	}

	@Test
	void aFailedCallFailsItsOwnQuestionsOnly() {
		List<Integer> asked = new ArrayList<>();
		Coalescer<Integer, Integer> failsOnce = new Coalescer<>(Coalescer.Settings.full("test", 10, 1, 10), executor,
				questions -> {
					asked.addAll(questions);
					if (questions.contains(1)) {
						throw new IllegalStateException("no");
					}
					return questions;
				});

		CompletableFuture<Integer> failed = failsOnce.ask(1);

		assertThatThrownBy(failed::get).hasCauseInstanceOf(IllegalStateException.class);
		assertThat(failsOnce.ask(2).join()).isEqualTo(2);
		assertThat(asked).containsExactly(1, 2);
	}

	@Test
	void aCallThatDoesNotAnswerEachQuestionFails() {
		Coalescer<Integer, Integer> forgets = new Coalescer<>(Coalescer.Settings.full("test", 10, 1, 10), executor,
				questions -> List.of());

		assertThatThrownBy(() -> forgets.ask(1).get())
			.hasMessageContaining("must answer each of 1 questions, but answered 0");
	}

	@Test
	void everyQuestionOfManyThreadsIsAnsweredOnce() throws InterruptedException {
		Coalescer<Integer, Integer> doubles = doubles(7, 3, 100_000);
		permits.release(1_000_000);
		List<CompletableFuture<Integer>> answers = new CopyOnWriteArrayList<>();
		CountDownLatch done = new CountDownLatch(20);

		for (int thread = 0; thread < 20; thread++) {
			executor.execute(() -> {
				IntStream.range(0, 500).forEach(i -> answers.add(doubles.ask(i)));
				done.countDown();
			});
		}

		done.await();
		assertThat(answers.stream().mapToLong(CompletableFuture::join).sum()).isEqualTo(20L * 2 * 499 * 500 / 2);
		assertThat(calls.stream().mapToInt(List::size).sum()).isEqualTo(10_000);
	}

	private Coalescer<Integer, Integer> doubles(int maxBatch, int maxCalls, int maxWaiting) {
		return new Coalescer<>(Coalescer.Settings.full("test", maxBatch, maxCalls, maxWaiting), executor, this::call);
	}

	private List<Integer> call(List<Integer> questions) {
		calls.add(questions);
		permits.acquireUninterruptibly();
		return questions.stream().map(question -> question * 2).toList();
	}

}
