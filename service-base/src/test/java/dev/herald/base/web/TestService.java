package dev.herald.base.web;

import dev.herald.base.problem.InvalidFieldException;
import dev.herald.base.problem.Problems;
import dev.herald.base.problem.UnavailableException;
import dev.herald.base.problem.UnknownApplicationException;
import dev.herald.base.security.AccessRules;
import dev.herald.base.security.ApiKeySecurity;
import dev.herald.base.security.Role;
import dev.herald.common.device.DeviceLookup;
import dev.herald.common.identity.ApplicationId;
import dev.herald.common.push.Payload;
import java.net.URI;
import java.security.Principal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A service like Herald's own, with an answer of every kind. */
@SpringBootConfiguration
@EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
@Import({ ApiKeySecurity.class, Problems.class })
class TestService {

	@Bean
	AccessRules accessRules() {
		return requests -> requests.requestMatchers("/things/**").hasRole(Role.SENDER.name());
	}

	record Thing(String title, int count, @Nullable Payload payload, @Nullable URI image, @Nullable List<Part> parts,
			@Nullable ApplicationId applicationId, @Nullable Boolean urgent) {

		Thing {
			if (count > 10) {
				throw new IllegalArgumentException("count must be 10 at most, but was " + count);
			}
			java.util.Objects.requireNonNull(title, "title is missing");
		}

	}

	record Part(int size) {
	}

	@RestController
	static class Things {

		@PostMapping("/things")
		Map<String, Object> make(@RequestBody Thing thing) {
			return Map.of("title", thing.title(), "payload", thing.payload() == null ? Payload.EMPTY : thing.payload());
		}

		@PostMapping("/things/lookup")
		int lookup(@RequestBody DeviceLookup lookup) {
			return lookup.queries().size();
		}

		@GetMapping("/things/who")
		String who(Principal principal) {
			return principal.getName();
		}

		@GetMapping("/things/later")
		CompletableFuture<Map<String, String>> later(@RequestParam(defaultValue = "") String failing) {
			return CompletableFuture.supplyAsync(() -> {
				if (!failing.isEmpty()) {
					throw new UnavailableException("the message broker", Duration.ofMillis(1500), null);
				}
				return Map.of("done", "yes");
			});
		}

		@GetMapping("/things/by-number/{number}")
		int byNumber(@PathVariable int number) {
			return number;
		}

		@GetMapping("/things/search")
		String search(@RequestParam("application_id") ApplicationId application,
				@RequestParam(defaultValue = "1") long limit,
				@RequestHeader(name = "X-Count", defaultValue = "1") int count) {
			return application.value() + limit + count;
		}

		@GetMapping("/things/invalid")
		void invalid() {
			throw new InvalidFieldException("ttl_seconds", "ttl_seconds must be positive, but was 0");
		}

		@GetMapping("/things/unknown")
		void unknown() {
			throw new UnknownApplicationException(new ApplicationId("com.acme.nothing"));
		}

		@GetMapping("/things/broken")
		void broken() {
			throw new IllegalStateException("jdbc:mysql://secret at dev.herald.Internal");
		}

		@GetMapping("/things/broken-badly")
		void brokenBadly() {
			throw new StackOverflowError("dev.herald.Internal");
		}

		@GetMapping("/things/broken-checked")
		void brokenChecked() throws java.io.IOException {
			throw new java.io.IOException("dev.herald.Internal");
		}

	}

}
