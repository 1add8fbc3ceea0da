package dev.herald.worker.fcm;

import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.auth.http.HttpTransportFactory;
import com.google.auth.oauth2.ServiceAccountCredentials;
import dev.herald.worker.push.UnusableCredentialException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;

/** Reads the key files of service accounts. */
final class ServiceAccounts {

	private static final String EXPECTED = "expected the JSON key file of a Google service account, "
			+ "with type, project_id, client_email, private_key and token_uri";

	private final HttpTransportFactory oauth;

	/**
	 * @param tls whom to trust where access tokens are asked for
	 */
	ServiceAccounts(SSLContext tls) {
		NetHttpTransport transport = new NetHttpTransport.Builder().setSslSocketFactory(tls.getSocketFactory()).build();
		this.oauth = () -> transport;
	}

	/**
	 * @throws UnusableCredentialException if the file is missing or not what it must be;
	 * what is in it is not told
	 */
	ServiceAccountCredentials read(Path file) {
		try (InputStream json = Files.newInputStream(file)) {
			ServiceAccountCredentials account = ServiceAccountCredentials.fromStream(json, oauth);
			if (account.getProjectId() == null) {
				throw new UnusableCredentialException("service account %s has no project_id".formatted(file), null);
			}
			// Its own retries would hold every push of the application for a while.
			return account.createWithCustomRetryStrategy(false);
		}
		catch (NoSuchFileException ex) {
			throw new UnusableCredentialException("service account %s does not exist".formatted(file), ex);
		}
		// Whatever the libraries throw for a broken key: their messages may quote it.
		catch (IOException | RuntimeException ex) {
			if (ex instanceof UnusableCredentialException unusable) {
				throw unusable;
			}
			throw new UnusableCredentialException("service account %s cannot be used: %s".formatted(file, EXPECTED),
					null);
		}
	}

}
