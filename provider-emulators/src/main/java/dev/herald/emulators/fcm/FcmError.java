package dev.herald.emulators.fcm;

import java.util.Arrays;
import java.util.Optional;

/**
 * The error codes of FCM's HTTP v1 API (Firebase's page <em>ErrorCode</em>), each with
 * the HTTP status, the {@code google.rpc} status and a message as FCM words it.
 */
enum FcmError {

	INVALID_ARGUMENT(400, "INVALID_ARGUMENT", "Request contains an invalid argument."),
	THIRD_PARTY_AUTH_ERROR(401, "UNAUTHENTICATED",
			"Auth error from APNS or Web Push Service: the credentials of the Firebase project are not valid there."),
	SENDER_ID_MISMATCH(403, "PERMISSION_DENIED", "SenderId mismatch"),
	UNREGISTERED(404, "NOT_FOUND", "Requested entity was not found."),
	QUOTA_EXCEEDED(429, "RESOURCE_EXHAUSTED", "Quota exceeded for quota metric 'Send requests'."),
	INTERNAL(500, "INTERNAL", "Internal error encountered."),
	UNAVAILABLE(503, "UNAVAILABLE", "The service is currently unavailable.");

	private final int status;

	private final String rpcStatus;

	private final String message;

	FcmError(int status, String rpcStatus, String message) {
		this.status = status;
		this.rpcStatus = rpcStatus;
		this.message = message;
	}

	static Optional<FcmError> named(String name) {
		return Arrays.stream(values()).filter((error) -> error.name().equals(name)).findFirst();
	}

	int status() {
		return this.status;
	}

	String rpcStatus() {
		return this.rpcStatus;
	}

	String message() {
		return this.message;
	}

}
