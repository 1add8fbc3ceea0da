package dev.herald.worker.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.MessageProperties;
import dev.herald.testsupport.Backends;
import dev.herald.testsupport.TestBroker;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Before a real broker, which closes the channel of whoever acknowledges twice. */
@Timeout(60)
class AcknowledgementsTests {

	private static final String QUEUE = "acknowledged";

	private static final int COUNT = 500;

	private TestBroker broker;

	private Connection connection;

	private Channel observer;

	private Channel channel;

	private final List<Long> delivered = new CopyOnWriteArrayList<>();

	private Acknowledgements acknowledgements;

	@BeforeEach
	void deliver() throws IOException, TimeoutException {
		broker = Backends.broker();
		connection = broker.connectionFactory().newConnection();
		observer = connection.createChannel();
		observer.queueDeclare(QUEUE, true, false, false, Map.of());
		observer.queuePurge(QUEUE);
		for (int i = 0; i < COUNT; i++) {
			observer.basicPublish("", QUEUE, MessageProperties.PERSISTENT_BASIC, new byte[0]);
		}
		channel = connection.createChannel();
		acknowledgements = new Acknowledgements(channel, Runnable::run);
		channel.basicConsume(QUEUE, false, new DefaultConsumer(channel) {
			@Override
			public void handleDelivery(String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
				acknowledgements.delivered(envelope.getDeliveryTag());
				delivered.add(envelope.getDeliveryTag());
			}
		});
		await().until(() -> delivered.size() == COUNT);
	}

	@AfterEach
	void close() throws IOException {
		connection.close();
		broker.close();
	}

	@Test
	void allAreAcknowledgedInWhateverOrderTheyEnd() throws Exception {
		List<Long> shuffled = new ArrayList<>(delivered);
		Collections.shuffle(shuffled, new Random(7));

		for (long tag : shuffled) {
			acknowledgements.done(tag);
			if (tag % 50 == 0) {
				Thread.sleep(Acknowledgements.GATHERED.multipliedBy(2));
			}
		}

		acknowledgements.flush();
		assertThat(comeBack()).isZero();
	}

	@Test
	void whatIsNotDoneComesBackAndNothingElse() throws Exception {
		for (long tag : delivered) {
			if (tag % 100 != 0) {
				acknowledgements.done(tag);
			}
		}

		acknowledgements.flush();
		assertThat(comeBack()).isEqualTo(COUNT / 100);
	}

	@Test
	void thoseBehindOneThatTakesLongAreAcknowledgedInAMoment() throws Exception {
		delivered.stream().filter(tag -> tag != 1).forEach(acknowledgements::done);

		Thread.sleep(Acknowledgements.GATHERED.multipliedBy(20));

		assertThat(comeBack()).isEqualTo(1);
	}

	@Test
	void aChannelThatIsGoneIsNoFailure() throws Exception {
		channel.close();

		delivered.forEach(acknowledgements::done);
		acknowledgements.flush();

		assertThat(observer.messageCount(QUEUE)).isEqualTo(COUNT);
	}

	/** What the broker has not heard of goes back when the channel closes. */
	private long comeBack() throws IOException, TimeoutException {
		assertThat(channel.isOpen()).as("nothing was acknowledged twice").isTrue();
		channel.close();
		await().pollDelay(Duration.ofMillis(300)).until(() -> true);
		return observer.messageCount(QUEUE);
	}

}
