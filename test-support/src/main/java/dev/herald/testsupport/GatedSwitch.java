package dev.herald.testsupport;

/**
 * A server and the gate before it, which is shut while the server is away: clients are
 * refused as they would be without the gate.
 */
record GatedSwitch(Switch server, TcpGate gate) implements Switch {

	@Override
	public void stop() {
		server.stop();
		gate.stop();
	}

	@Override
	public void start() {
		server.start();
		gate.start();
	}

	@Override
	public void kill() {
		server.kill();
		gate.stop();
	}

	@Override
	public void pause() {
		server.pause();
	}

	@Override
	public void resume() {
		server.resume();
	}

}
