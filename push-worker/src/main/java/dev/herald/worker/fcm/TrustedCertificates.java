package dev.herald.worker.fcm;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Which servers are trusted to be FCM. */
final class TrustedCertificates {

	private TrustedCertificates() {
	}

	/**
	 * A TLS context that trusts the certificates in the file, or what the JDK trusts
	 * where there is none.
	 * @throws IllegalStateException if the file holds no certificates
	 */
	static SSLContext context(@Nullable Path trustedCa) {
		try {
			SSLContext context = SSLContext.getInstance("TLS");
			context.init(null, trustedCa == null ? null : trustManagers(trustedCa), null);
			return context;
		}
		catch (GeneralSecurityException | IOException ex) {
			throw new IllegalStateException(
					"herald.fcm.trusted-ca must be a PEM file of certificates, but %s could not be used"
						.formatted(trustedCa),
					ex);
		}
	}

	private static TrustManager[] trustManagers(Path trustedCa) throws GeneralSecurityException, IOException {
		TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		factory.init(keyStore(trustedCa));
		return factory.getTrustManagers();
	}

	private static KeyStore keyStore(Path trustedCa) throws GeneralSecurityException, IOException {
		KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
		store.load(null, null);
		int number = 0;
		for (Certificate certificate : read(trustedCa)) {
			store.setCertificateEntry("trusted-" + number++, certificate);
		}
		return store;
	}

	private static Collection<? extends Certificate> read(Path trustedCa) throws GeneralSecurityException, IOException {
		try (InputStream pem = Files.newInputStream(trustedCa)) {
			Collection<? extends Certificate> certificates = CertificateFactory.getInstance("X.509")
				.generateCertificates(pem);
			if (certificates.isEmpty()) {
				throw new GeneralSecurityException("there is no certificate in it");
			}
			return certificates;
		}
	}

}
