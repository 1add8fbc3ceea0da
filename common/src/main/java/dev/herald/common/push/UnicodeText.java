package dev.herald.common.push;

/**
 * Knows text that has no form in UTF-8, to be refused where it comes in: half of a
 * surrogate pair, as a caller leaves behind who cuts an emoji in two. Nothing could send
 * it later.
 */
public final class UnicodeText {

	private UnicodeText() {
	}

	/** Whether the text has a form in UTF-8. */
	public static boolean isWellFormed(String text) {
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (!Character.isSurrogate(c)) {
				continue;
			}
			if (i + 1 == text.length() || !Character.isSurrogatePair(c, text.charAt(i + 1))) {
				return false;
			}
			i++;
		}
		return true;
	}

}
