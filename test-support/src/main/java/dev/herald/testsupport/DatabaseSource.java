package dev.herald.testsupport;

/** Where test databases come from. */
interface DatabaseSource {

	DatabaseKind kind();

	/** What it is and how it is had, for the line that tests begin with. */
	String description();

	/** A fresh database on the shared server, which is started if need be. */
	TestDatabase open(String name);

	/** A fresh database that can be taken away. */
	PrivateDatabase openPrivate(String name);

	/** A server to measure on. */
	DatabaseServer openServer();

}
