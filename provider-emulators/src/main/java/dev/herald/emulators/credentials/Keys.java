package dev.herald.emulators.credentials;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;

/** Makes and reads the two kinds of keys. */
final class Keys {

	private Keys() {
	}

	static KeyPair newRsa() {
		try {
			KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
			generator.initialize(2048);
			return generator.generateKeyPair();
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("This JDK makes no RSA keys", ex);
		}
	}

	static KeyPair newP256() {
		try {
			KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
			generator.initialize(new ECGenParameterSpec("secp256r1"));
			return generator.generateKeyPair();
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("This JDK makes no P-256 keys", ex);
		}
	}

	static KeyPair readRsa(String privatePem) {
		try {
			KeyFactory factory = KeyFactory.getInstance("RSA");
			RSAPrivateCrtKey secret = (RSAPrivateCrtKey) factory
				.generatePrivate(new PKCS8EncodedKeySpec(Pem.decode(privatePem)));
			return new KeyPair(
					factory.generatePublic(new RSAPublicKeySpec(secret.getModulus(), secret.getPublicExponent())),
					secret);
		}
		catch (GeneralSecurityException | IllegalArgumentException ex) {
			throw new IllegalArgumentException("The service account's private_key is not an RSA key in PKCS#8 PEM", ex);
		}
	}

	/**
	 * The public key comes along because the JDK cannot derive it from the private one.
	 */
	static KeyPair readP256(String privatePem, String publicPem) {
		try {
			KeyFactory factory = KeyFactory.getInstance("EC");
			PrivateKey secret = factory.generatePrivate(new PKCS8EncodedKeySpec(Pem.decode(privatePem)));
			PublicKey open = factory.generatePublic(new X509EncodedKeySpec(Pem.decode(publicPem)));
			return new KeyPair(open, secret);
		}
		catch (GeneralSecurityException | IllegalArgumentException ex) {
			throw new IllegalArgumentException("The APNs key is not a P-256 key in PKCS#8 PEM", ex);
		}
	}

}
