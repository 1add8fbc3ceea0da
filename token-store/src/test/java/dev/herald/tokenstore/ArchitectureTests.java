package dev.herald.tokenstore;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.herald.tokenstore", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	@ArchTest
	static final ArchRule LOGS_AND_DOES_NOT_PRINT = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

	@ArchTest
	static final ArchRule knowsNoProvider = noClasses().should()
		.dependOnClassesThat()
		.resideInAnyPackage("com.google.firebase..", "com.google.auth..", "com.eatthepath..")
		.because("pushing is the push-worker's; here a token is a text");

	@ArchTest
	static final ArchRule knowsNoOtherService = noClasses().should()
		.dependOnClassesThat()
		.resideInAnyPackage("dev.herald.api..", "dev.herald.worker..", "dev.herald.emulators..",
				"dev.herald.embedded..")
		.because("services meet on the wire: put what both need into common");

	@ArchTest
	static final ArchRule hasNoCycles = slices().matching("dev.herald.tokenstore.(*)..").should().beFreeOfCycles();

	@ArchTest
	static final ArchRule featuresDoNotKnowEachOther = slices()
		.matching("dev.herald.tokenstore.(registration|lookup|paging|invalidation)..")
		.should()
		.notDependOnEachOther()
		.because("what features share belongs into the packages device and request");

	@ArchTest
	static final ArchRule featuresAreClosed = classes().that()
		.resideInAnyPackage("..registration..", "..lookup..", "..paging..", "..invalidation..")
		.should()
		.notBePublic()
		.because("Spring wires them; nobody else calls them");

	@ArchTest
	static final ArchRule onlyTheWiringChoosesAPool = noClasses().that()
		.resideInAPackage("dev.herald.tokenstore.*")
		.and()
		.haveSimpleNameNotEndingWith("Configuration")
		.and()
		.haveSimpleNameNotEndingWith("Controller")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("dev.herald.base.database")
		.because("the same statements serve both pools: where they are wired decides for whom");

}
