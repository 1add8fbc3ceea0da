package dev.herald.benchmarks.limits;

import java.util.List;

import dev.herald.benchmarks.house.ServiceImage;

/** What the JVM of a library by itself is told. */
public enum LibraryJvm {

	/** A heap, and nothing else. */
	AS_IT_COMES("as it comes", List.of("-Xmx512m")),

	/**
	 * The options that every service has in its image, and the heap it is measured on.
	 */
	LIKE_THE_WORKER("like the push worker's", ServiceImage.options());

	private final String title;

	private final List<String> options;

	LibraryJvm(String title, List<String> options) {
		this.title = title;
		this.options = options;
	}

	String title() {
		return title;
	}

	List<String> options() {
		return options;
	}

}
