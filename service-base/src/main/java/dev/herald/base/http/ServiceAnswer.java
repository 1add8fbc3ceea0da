package dev.herald.base.http;

import dev.herald.common.json.HeraldJson;
import dev.herald.common.json.MalformedMessageException;

/** What a service answered. */
public final class ServiceAnswer {

	private final String service;

	private final String path;

	private final int status;

	private final byte[] body;

	ServiceAnswer(String service, String path, int status, byte[] body) {
		this.service = service;
		this.path = path;
		this.status = status;
		this.body = body;
	}

	/** The HTTP status. */
	public int status() {
		return status;
	}

	/**
	 * Reads the body of a 200.
	 * @throws ServiceException if it has another status, or the body is none of this type
	 */
	public <T> T read(Class<T> type) {
		if (status != 200) {
			throw unexpected("200");
		}
		try {
			return HeraldJson.read(body, type);
		}
		catch (MalformedMessageException ex) {
			throw new ServiceException("%s's answer to %s cannot be read".formatted(service, path), ex);
		}
	}

	/**
	 * @throws ServiceException if it has any other status than a 2xx
	 */
	public void requireSuccess() {
		if (status / 100 != 2) {
			throw unexpected("2xx");
		}
	}

	private ServiceException unexpected(String expected) {
		return new ServiceException("%s answered %s with %d instead of %s".formatted(service, path, status, expected),
				null);
	}

}
