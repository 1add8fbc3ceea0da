package dev.herald.testsupport;

/** What stands behind a {@link TestDatabase}. */
public enum DatabaseKind {

	/** A MySQL server. */
	MYSQL,

	/** H2 in MySQL mode, in this JVM. */
	H2

}
