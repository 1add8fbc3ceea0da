package dev.herald.emulators;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

@AnalyzeClasses(packages = "dev.herald.emulators", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	@ArchTest
	static final ArchRule light = noClasses().should()
		.dependOnClassesThat()
		.resideInAnyPackage("org.springframework..", "com.google..", "com.eatthepath..", "dev.herald.common..")
		.because("the emulators know the protocols only, so that they cannot agree with Herald by sharing its code");

	@ArchTest
	static final ArchRule providersApart = noClasses().that()
		.resideInAPackage("..fcm..")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("..apns..")
		.because("what both need belongs into behaviour, pushes, credentials or http");

	@ArchTest
	static final ArchRule noCycles = slices().matching("dev.herald.emulators.(*)..").should().beFreeOfCycles();

}
