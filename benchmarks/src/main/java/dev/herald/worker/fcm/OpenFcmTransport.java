package dev.herald.worker.fcm;

import com.google.api.client.http.HttpTransport;

/** Opens the worker's transport to FCM, for the SDK alone to be measured on it. */
public final class OpenFcmTransport {

	private OpenFcmTransport() {
	}

	/** The transport that a worker with this configuration gives to the SDK. */
	public static HttpTransport with(FcmProperties properties) {
		return new FcmTransport(properties, TrustedCertificates.context(properties.trustedCa()),
				FcmProvider.ioThreads());
	}

}
