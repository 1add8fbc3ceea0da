package dev.herald.quickstart;

import java.io.PrintStream;

/**
 * What somebody who has just started Herald reads: where it is, with which keys, and
 * three commands to copy.
 */
final class Welcome {

	private final House house;

	Welcome(House house) {
		this.house = house;
	}

	void print(PrintStream out) {
		out.printf(
				"""

						Herald is ready.
						  notification API  %s
						  token store       %s
						  push worker       %s
						  emulators         %s   (GET /pushes shows what arrived)

						Applications: %s. Log a device in, send a notification, ask what became of it:

						curl -sS %s/devices -H 'Authorization: Bearer %s' -H 'user_id: 42' -H 'application_id: com.acme.rider' -H 'Content-Type: application/json' -d '{"provider": "fcm", "token": "fcm-token-of-42s-phone"}'

						curl -sS %s/notification -H 'Authorization: Bearer %s' -H 'user_id: 42' -H 'application_id: com.acme.rider' -H 'Content-Type: application/json' -d '{"title": "Your driver is here", "message": "Please meet your driver at the pickup point", "payload": {}}'

						curl -sS '%s/notifications?user_id=42&application_id=com.acme.rider' -H 'Authorization: Bearer %s'

						Ctrl-C ends it. Pushes as they land:
						""",
				house.api(), house.tokenStore(), house.worker(), house.emulators().controlUri(), House.APPLICATIONS,
				house.tokenStore(), house.keys().registrar(), house.api(), house.keys().sender(), house.api(),
				house.keys().sender());
	}

}
