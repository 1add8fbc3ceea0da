package dev.herald.emulators.tls;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;

import javax.net.ssl.SSLException;

import dev.herald.emulators.credentials.SecretFile;
import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import io.netty.util.NetUtil;

/**
 * The one authority a client of the emulators has to trust. Kept in two files, so that
 * trust stores made from it outlive a restart; the server certificate is new each time.
 */
public final class CertificateAuthority {

	private static final Duration CLOCK_SKEW = Duration.ofDays(1);

	private static final Duration AUTHORITY_LIFETIME = Duration.ofDays(3650);

	private static final Duration SERVER_LIFETIME = Duration.ofDays(397);

	private final X509Bundle authority;

	private final Path certificateFile;

	private CertificateAuthority(X509Bundle authority, Path certificateFile) {
		this.authority = authority;
		this.certificateFile = certificateFile;
	}

	/**
	 * Takes the authority from {@code ca.pem} and {@code ca-key.pem} of a directory, or
	 * makes one and writes them.
	 * @throws IllegalStateException if the files are there and are not what was written
	 */
	public static CertificateAuthority loadOrCreate(Path directory, Instant now) {
		Path certificateFile = directory.resolve("ca.pem");
		Path keyFile = directory.resolve("ca-key.pem");
		try {
			if (Files.exists(certificateFile) && Files.exists(keyFile)) {
				return new CertificateAuthority(read(certificateFile, keyFile), certificateFile);
			}
			X509Bundle made = make(now);
			SecretFile.write(keyFile, made.getPrivateKeyPEM());
			SecretFile.writeOpen(certificateFile, made.getCertificatePEM());
			return new CertificateAuthority(made, certificateFile);
		}
		catch (Exception ex) {
			throw new IllegalStateException("Cannot make or read the certificate authority in " + directory, ex);
		}
	}

	private static X509Bundle make(Instant now) throws Exception {
		return new CertificateBuilder().subject("CN=Herald provider emulators, O=For trying out only")
			.algorithm(CertificateBuilder.Algorithm.ecp256)
			.setIsCertificateAuthority(true)
			.setKeyUsage(true, CertificateBuilder.KeyUsage.keyCertSign, CertificateBuilder.KeyUsage.cRLSign)
			.notBefore(now.minus(CLOCK_SKEW))
			.notAfter(now.plus(AUTHORITY_LIFETIME))
			.buildSelfSigned();
	}

	private static X509Bundle read(Path certificateFile, Path keyFile) throws GeneralSecurityException {
		byte[] pem = SecretFile.read(certificateFile).getBytes(StandardCharsets.US_ASCII);
		X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
			.generateCertificate(new ByteArrayInputStream(pem));
		String base64 = SecretFile.read(keyFile).replaceAll("-----[A-Z ]+-----", "");
		PrivateKey key = KeyFactory.getInstance("EC")
			.generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(base64)));
		return X509Bundle.fromRootCertificateAuthority(certificate, new KeyPair(certificate.getPublicKey(), key));
	}

	/** The authority's certificate in PEM, for trust stores. */
	public Path certificateFile() {
		return this.certificateFile;
	}

	/**
	 * The TLS of a server.
	 * @param hosts the names and addresses its certificate is for
	 * @param protocols what ALPN offers, the preferred first
	 */
	public SslContext serverContext(Collection<String> hosts, Instant now, String... protocols) {
		try {
			X509Bundle server = issue(hosts, now);
			return SslContextBuilder.forServer(server.getKeyPair().getPrivate(), server.getCertificatePath())
				.ciphers(Http2SecurityUtil.CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
				.applicationProtocolConfig(new ApplicationProtocolConfig(ApplicationProtocolConfig.Protocol.ALPN,
						ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
						ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT, protocols))
				.build();
		}
		catch (SSLException ex) {
			throw new IllegalStateException("This JDK cannot serve TLS", ex);
		}
	}

	private X509Bundle issue(Collection<String> hosts, Instant now) {
		CertificateBuilder builder = new CertificateBuilder().subject("CN=Herald provider emulators")
			.algorithm(CertificateBuilder.Algorithm.ecp256)
			.setKeyUsage(true, CertificateBuilder.KeyUsage.digitalSignature)
			.addExtendedKeyUsageServerAuth()
			.notBefore(now.minus(CLOCK_SKEW))
			.notAfter(now.plus(SERVER_LIFETIME));
		hosts.forEach((host) -> addName(builder, host));
		try {
			return builder.buildIssuedBy(this.authority);
		}
		catch (Exception ex) {
			throw new IllegalStateException("Cannot make a certificate for " + hosts, ex);
		}
	}

	private static void addName(CertificateBuilder builder, String host) {
		if (NetUtil.isValidIpV4Address(host) || NetUtil.isValidIpV6Address(host)) {
			builder.addSanIpAddress(host);
		}
		else {
			builder.addSanDnsName(host);
		}
	}

}
