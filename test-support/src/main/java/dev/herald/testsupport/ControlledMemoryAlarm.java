package dev.herald.testsupport;

import java.io.IOException;
import java.util.List;

/**
 * By rabbitmqctl: a threshold of nothing is passed at once (RabbitMQ, <em>Memory
 * Threshold and Limit</em>, "Stopping All Publishing").
 *
 * @param shell runs rabbitmqctl where the node is
 */
record ControlledMemoryAlarm(Shell shell) implements MemoryAlarm {

	@Override
	public void raise() {
		setThreshold("0");
	}

	@Override
	public void clear() {
		setThreshold("0.6");
	}

	private void setThreshold(String fraction) {
		try {
			shell.run(List.of("rabbitmqctl", "set_vm_memory_high_watermark", fraction));
		}
		catch (IOException ex) {
			throw new IllegalStateException("RabbitMQ's memory threshold could not be set to " + fraction, ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("interrupted while setting RabbitMQ's memory threshold", ex);
		}
	}

	/** Runs a command and returns when it has succeeded. */
	interface Shell {

		void run(List<String> command) throws IOException, InterruptedException;

	}

}
