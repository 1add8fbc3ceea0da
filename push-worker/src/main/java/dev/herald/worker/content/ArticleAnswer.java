package dev.herald.worker.content;

import dev.herald.common.push.PushContent;

/** What asking for an article comes to. */
public sealed interface ArticleAnswer {

	/** There it is. */
	record Found(PushContent content) implements ArticleAnswer {
	}

	/** The content service does not know it: asking again is of no use. */
	record Missing(String reason) implements ArticleAnswer {
	}

	/** There is something, but nobody could be shown it: asking again is of no use. */
	record Unusable(String reason) implements ArticleAnswer {
	}

	/** The content service failed at it, after retries: a later time may do. */
	record Unavailable(String reason) implements ArticleAnswer {
	}

	/** The content service fails at so much that it was not asked. */
	record NotAsked() implements ArticleAnswer {
	}

}
