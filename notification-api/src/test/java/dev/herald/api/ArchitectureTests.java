package dev.herald.api;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@AnalyzeClasses(packages = "dev.herald.api", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	@ArchTest
	static final ArchRule SENDS_NOTHING_ITSELF = noClasses().should()
		.dependOnClassesThat()
		.resideInAnyPackage("com.google.firebase..", "com.eatthepath..")
		.because("sending to a provider is the push worker's: publish a job instead");

	@ArchTest
	static final ArchRule ASKS_THE_TOKEN_STORE_BY_HTTP = noClasses().should()
		.dependOnClassesThat()
		.resideInAnyPackage("dev.herald.tokenstore..", "dev.herald.worker..")
		.because("services share no code but common and service-base: ask DeviceDirectory instead");

	@ArchTest
	static final ArchRule LOGS_AND_DOES_NOT_PRINT = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

	@ArchTest
	static final ArchRule NO_CYCLES = slices().matching("dev.herald.api.(*)..").should().beFreeOfCycles();

	@ArchTest
	static final ArchRule KEEPS_SQL_IN_JDBC_CLASSES = noClasses().that()
		.haveSimpleNameNotStartingWith("Jdbc")
		.and()
		.haveSimpleNameNotEndingWith("Configuration")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("org.springframework.jdbc..")
		.because("statements stand in the package-private Jdbc class behind its feature's interface");

	@ArchTest
	static final ArchRule JDBC_CLASSES_ARE_NOBODYS_BUSINESS = classes().that()
		.haveSimpleNameStartingWith("Jdbc")
		.should()
		.bePackagePrivate();

	private static final Pattern TABLE_DEVICE = Pattern.compile("(?i)\\b(from|into|update|table|join)\\s+device\\b");

	@Test
	void theTableDeviceIsTheTokenStores() throws IOException {
		try (Stream<Path> sources = Files.walk(Path.of("src/main"))) {
			assertThat(sources.filter(Files::isRegularFile)).isNotEmpty()
				.allSatisfy(source -> assertThat(Files.readString(source, StandardCharsets.UTF_8))
					.doesNotContainPattern(TABLE_DEVICE));
		}
	}

}
