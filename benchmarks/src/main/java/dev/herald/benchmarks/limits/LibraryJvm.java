package dev.herald.benchmarks.limits;

import dev.herald.benchmarks.house.ServiceImage;
import java.util.List;
import java.util.stream.Stream;

/** What the JVM of a library by itself is told. */
public enum LibraryJvm {

	/** A heap, and nothing else. */
	AS_IT_COMES("as it comes", List.of("-Xmx512m")),

	/**
	 * The options that every service has in its image, and the heap it is measured on.
	 * The worker's other threads have the priority that its compilers have; so have all
	 * threads here, or a library that fills the cores would never be compiled.
	 */
	LIKE_THE_WORKER("like the push worker's",
			Stream.concat(ServiceImage.options().stream(), Stream.of("-XX:ThreadPriorityPolicy=0")).toList());

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
