package dev.herald.base.applications;

import dev.herald.common.identity.ApplicationId;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The configured applications at one moment. Immutable. */
public final class Applications {

	private final SortedMap<ApplicationId, Application> byId;

	/** The applications, under their ids. */
	public Applications(Map<ApplicationId, Application> byId) {
		this.byId = Collections.unmodifiableSortedMap(new TreeMap<>(byId));
	}

	/** The application of this id, if it is configured. */
	public Optional<Application> find(ApplicationId id) {
		return Optional.ofNullable(byId.get(id));
	}

	/** All of them, by id. */
	public Collection<Application> all() {
		return byId.values();
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof Applications applications && byId.equals(applications.byId);
	}

	@Override
	public int hashCode() {
		return byId.hashCode();
	}

	@Override
	public String toString() {
		return byId.keySet().toString();
	}

}
