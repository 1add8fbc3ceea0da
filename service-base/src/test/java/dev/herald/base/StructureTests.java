package dev.herald.base;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What {@code service-base} never does, and what to do instead. */
@AnalyzeClasses(packagesOf = StructureTests.class, importOptions = ImportOption.DoNotIncludeTests.class)
class StructureTests {

	@ArchTest
	static final ArchRule hasNoCycles = slices().matching("dev.herald.base.(*)..")
		.should()
		.beFreeOfCycles()
		.because("a service takes the parts it needs: move what two packages share into a third");

	@ArchTest
	static final ArchRule knowsNoProvider = noClasses().should()
		.dependOnClassesThat()
		.resideInAnyPackage("com.google..", "com.eatthepath..")
		.because("only push-worker sends to providers; credentials are paths here");

	@ArchTest
	static final ArchRule keepsTheDatabaseInItsPackage = noClasses().that()
		.resideOutsideOfPackage("dev.herald.base.database")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("java.sql..", "javax.sql..", "com.zaxxer..", "org.springframework.jdbc..",
				"org.springframework.dao..", "org.springframework.transaction..")
		.because("push-worker has no database, and so none of these classes at run time");

	@ArchTest
	static final ArchRule hasNoTablesOfItsOwn = noClasses().should()
		.dependOnClassesThat()
		.resideInAnyPackage("org.flywaydb..")
		.because("tables belong to the service that owns them");

	@ArchTest
	static final ArchRule usesOneJackson = noClasses().should()
		.dependOnClassesThat()
		.resideInAnyPackage("com.fasterxml.jackson.core..", "com.fasterxml.jackson.databind..")
		.because("Spring Boot 4 speaks Jackson 3; of Jackson 2 only the annotations live on");

}
