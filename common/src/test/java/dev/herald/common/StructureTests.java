package dev.herald.common;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What {@code common} never does, and what to do instead. */
@AnalyzeClasses(packagesOf = StructureTests.class, importOptions = ImportOption.DoNotIncludeTests.class)
class StructureTests {

	@ArchTest
	static final ArchRule knowsNoFramework = noClasses().should()
		.dependOnClassesThat()
		.resideInAnyPackage("org.springframework..", "jakarta..", "io.micrometer..", "org.slf4j..")
		.because("common says only what crosses the wire; what every service needs at run time goes into service-base");

	@ArchTest
	static final ArchRule knowsNoDatabase = noClasses().should()
		.dependOnClassesThat()
		.resideInAnyPackage("java.sql..", "javax.sql..", "com.mysql..", "com.zaxxer..")
		.because("tables belong to one service each; service-base has the pools");

	@ArchTest
	static final ArchRule knowsNoProvider = noClasses().should()
		.dependOnClassesThat()
		.resideInAnyPackage("com.google..", "com.eatthepath..", "io.netty..", "java.net.http..")
		.because("only push-worker sends to providers");

	@ArchTest
	static final ArchRule knowsNoBrokerClient = noClasses().should()
		.dependOnClassesThat()
		.resideInAnyPackage("com.rabbitmq..")
		.because("common names queues and their arguments; service-base declares them");

	@ArchTest
	static final ArchRule hasNoCycles = slices().matching("dev.herald.common.(*)..")
		.should()
		.beFreeOfCycles()
		.because("a package that needs another back is one package, or two with the shared part moved down");

	@ArchTest
	static final ArchRule hasNoHelpers = noClasses().should()
		.haveSimpleNameEndingWith("Utils")
		.orShould()
		.haveSimpleNameEndingWith("Helper")
		.orShould()
		.haveSimpleNameEndingWith("Impl")
		.because("a name that says what the class is about finds it a home");

	@ArchTest
	static final ArchRule everythingIsImmutable = classes().that()
		.areNotInterfaces()
		.should()
		.haveOnlyFinalFields()
		.because("messages and identifiers travel between threads");

}
