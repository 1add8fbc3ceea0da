package dev.herald.emulators.http;

import org.jspecify.annotations.Nullable;

/** The headers of a request, by lower-case name. */
@FunctionalInterface
public interface RequestHeaders {

	/** The first value of a header, null if the request has none. */
	@Nullable String get(CharSequence lowerCaseName);

}
