package dev.herald.worker;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.herald.worker", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	@ArchTest
	static final ArchRule LOGS_AND_DOES_NOT_PRINT = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

	@ArchTest
	static final ArchRule NO_DATABASE = noClasses().should()
		.dependOnClassesThat()
		.resideInAnyPackage("java.sql..", "javax.sql..", "org.springframework.jdbc..", "dev.herald.base.database..")
		.because(
				"sending must survive a database outage: tell what was learnt in a message, and let its owner store it");

	@ArchTest
	static final ArchRule NO_OTHER_SERVICE = classes().should()
		.onlyDependOnClassesThat()
		.resideOutsideOfPackages("dev.herald.tokenstore..", "dev.herald.api..", "dev.herald.emulators..")
		.because("services meet in common alone, by messages");

	@ArchTest
	static final ArchRule PROVIDERS_STAND_BEHIND_PUSH_SERVICE = noClasses().that()
		.resideInAnyPackage("dev.herald.worker.job..", "dev.herald.worker.push..", "dev.herald.worker.retry..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("dev.herald.worker.fcm..", "dev.herald.worker.apns..", "com.google.firebase..",
				"com.eatthepath.pushy..")
		.because("a further provider must be a package and a line of registration: use PushService");

	@ArchTest
	static final ArchRule CLASSIFIERS_AND_MAPPERS_ARE_PURE = noClasses().that()
		.haveSimpleNameEndingWith("Classifier")
		.or()
		.haveSimpleNameEndingWith("Mapper")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("org.springframework..", "java.util.concurrent..", "java.io..", "java.net.http..",
				"org.slf4j..")
		.orShould()
		.callMethod(java.time.Instant.class, "now")
		.because("they decide and do not act: hand in what they need to know");

	@ArchTest
	static final ArchRule NO_CYCLES = slices().matching("dev.herald.worker.(*)..").should().beFreeOfCycles();

}
